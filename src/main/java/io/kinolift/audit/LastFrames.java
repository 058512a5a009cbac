package io.kinolift.audit;

import io.kinolift.avro.VideoFrame;
import io.kinolift.runtime.records.SourceRecords;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.output.OutputReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Single frames of topics that may hold any amount: an account says where its last one lies, and so only that is read.
 */
public final class LastFrames implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** The record at the offset may be the end of the stream. */
    private static final int BEFORE = 2;

    private static final int TAIL_RECORDS = 200;

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> beginnings = new HashMap<>();
    private String assigned;

    public LastFrames(Map<String, String> clients) {
        Map<String, String> settings = new HashMap<>(clients);
        // One batch, whatever its size, and no more.
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "1");
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "1");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = Clients.consumer(settings);
    }

    /** The last input frame that an account counts; empty if it is deleted, or is none of the stream's. */
    public Optional<VideoFrame> input(AccountRecord account) {
        TopicPartition partition = new TopicPartition(account.topic(), account.partition());
        Optional<VideoFrame> found = Optional.empty();
        for (int back = 0; back <= BEFORE && found.isEmpty(); back++) {
            found = last(partition, account.streamId(), account.offset() - back, account.offset() - back);
        }
        return found;
    }

    /** The last output frame of a stream, if it is among the last of its partition. */
    public Optional<VideoFrame> output(String topic, AccountRecord account) {
        TopicPartition partition = new TopicPartition(topic, account.partition());
        Optional<VideoFrame> found = Optional.empty();
        if (account.partition() < consumer.partitionsFor(topic).size()) {
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            found = last(partition, account.streamId(), end - TAIL_RECORDS, end - 1);
        }
        return found;
    }

    private Optional<VideoFrame> last(TopicPartition partition, String streamId, long from, long to) {
        assign(partition.topic());
        Long beginning = beginnings.get(partition);
        if (beginning == null || to < beginning) {
            return Optional.empty();
        }
        consumer.resume(List.of(partition));
        consumer.seek(partition, Math.max(from, beginning));
        Optional<VideoFrame> found = Optional.empty();
        boolean more = true;
        while (more && consumer.position(partition) <= to) {
            var records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                Optional<VideoFrame> frame = record.offset() <= to ? frame(record, streamId) : Optional.empty();
                found = frame.isPresent() ? frame : found;
            }
            // Behind the last record there may be marks of transactions only.
            more = !records.isEmpty();
        }
        consumer.pause(List.of(partition));
        return found;
    }

    /** All partitions at once, and only that which is read is not paused: a new assignment costs more than a seek. */
    private void assign(String topic) {
        if (topic.equals(assigned)) {
            return;
        }
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.pause(partitions);
        beginnings.putAll(consumer.beginningOffsets(partitions));
        assigned = topic;
    }

    private static Optional<VideoFrame> frame(ConsumerRecord<byte[], byte[]> record, String streamId) {
        if (record.value() == null
                || !OutputReader.streamId(SourceRecords.of(record)).equals(streamId)) {
            return Optional.empty();
        }
        try {
            VideoFrame frame = OutputReader.read(SourceRecords.of(record));
            return frame.getEndOfStream() ? Optional.empty() : Optional.of(frame);
        } catch (MalformedRecordException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
