package io.kinolift.audit;

import io.kinolift.avro.VideoFrame;
import io.kinolift.runtime.records.SourceRecords;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.input.InputFormat;
import io.kinolift.wire.input.InputRecord;
import io.kinolift.wire.input.SourceRecord;
import io.kinolift.wire.input.StreamPlace;
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

    private final InputFormat inputs;
    private final OutputReader outputs;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> beginnings = new HashMap<>();
    private String assigned;

    /** Finds a frame in a record, if it is one of a stream. */
    private interface FrameReader {
        Optional<VideoFrame> read(SourceRecord record, String streamId) throws MalformedRecordException;
    }

    /**
     * Opens a consumer.
     *
     * @param inputs how frames lie in input records
     * @param outputs of the same application
     */
    public LastFrames(Map<String, String> clients, InputFormat inputs, OutputReader outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
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
            found = last(
                    partition, account.streamId(), account.offset() - back, account.offset() - back, this::inputFrame);
        }
        return found;
    }

    /** The last output frame of a stream, if it is among the last of its partition. */
    public Optional<VideoFrame> output(String topic, AccountRecord account) {
        TopicPartition partition = new TopicPartition(topic, account.partition());
        Optional<VideoFrame> found = Optional.empty();
        if (account.partition() < consumer.partitionsFor(topic).size()) {
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            found = last(partition, account.streamId(), end - TAIL_RECORDS, end - 1, this::outputFrame);
        }
        return found;
    }

    private Optional<VideoFrame> last(
            TopicPartition partition, String streamId, long from, long to, FrameReader reader) {
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
                Optional<VideoFrame> frame = record.offset() <= to ? frame(record, streamId, reader) : Optional.empty();
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

    private static Optional<VideoFrame> frame(
            ConsumerRecord<byte[], byte[]> record, String streamId, FrameReader reader) {
        try {
            return record.value() == null ? Optional.empty() : reader.read(SourceRecords.of(record), streamId);
        } catch (MalformedRecordException _) {
            return Optional.empty();
        }
    }

    private Optional<VideoFrame> inputFrame(SourceRecord record, String streamId) throws MalformedRecordException {
        InputFormat.Opened opened = inputs.open(record);
        return opened.streamId().equals(streamId) && opened.read(new StreamPlace()) instanceof InputRecord.Frame found
                ? Optional.of(FrameRecords.record(found.frame()))
                : Optional.empty();
    }

    private Optional<VideoFrame> outputFrame(SourceRecord record, String streamId) throws MalformedRecordException {
        if (!OutputReader.streamId(record).equals(streamId)) {
            return Optional.empty();
        }
        VideoFrame frame = outputs.readPicture(record);
        return frame.getEndOfStream() ? Optional.empty() : Optional.of(frame);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
