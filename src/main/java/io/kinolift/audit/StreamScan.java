package io.kinolift.audit;

import io.kinolift.avro.VideoFrame;
import io.kinolift.runtime.records.SourceRecords;
import io.kinolift.transfer.TransferException;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.output.OutputReader;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * What streams a frames topic has, from the topic itself: all of it is read. For topics without accounts.
 *
 * @param streams the ids of all streams
 * @param sessions those of one stream that have frames, and how many each
 */
public record StreamScan(NavigableSet<String> streams, NavigableMap<Long, Long> sessions) {
    public static StreamScan read(Consumer<byte[], byte[]> consumer, String topic, String streamId)
            throws TransferException {
        StreamScan found = new StreamScan(new TreeSet<>(), new TreeMap<>());
        new TopicScan(consumer, topic).run(record -> {
            String id = OutputReader.streamId(SourceRecords.of(record));
            found.streams.add(id);
            if (id.equals(streamId)) {
                try {
                    VideoFrame frame = OutputReader.read(SourceRecords.of(record));
                    if (!frame.getEndOfStream()) {
                        found.sessions.merge(frame.getSession(), 1L, Long::sum);
                    }
                } catch (MalformedRecordException _) {
                    // Whoever reads the stream will say so.
                }
            }
        });
        return found;
    }
}
