package io.kinolift.runtime;

import io.kinolift.avro.VideoFrame;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads committed output as it arrives, checks its order, and keeps none of it. */
final class SoakOutput implements AutoCloseable {
    private static final int MAX_NAMED = 20;

    private final Consumer<byte[], byte[]> consumer;
    /** The sequence that comes next, of open streams. */
    private final Map<String, Long> next = new HashMap<>();

    private final List<String> problems = new ArrayList<>();
    private long frames;
    private int ended;

    SoakOutput(Map<String, String> clients, String topic, int partitions) {
        Map<String, String> settings = new HashMap<>(clients);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
        consumer = Clients.consumer(settings);
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(i -> new TopicPartition(topic, i))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    void poll() throws Exception {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
            VideoFrame frame = FrameRecords.parse(record.value());
            long expected = next.getOrDefault(frame.getStreamId(), 0L);
            if (frame.getSequence() != expected && problems.size() < MAX_NAMED) {
                problems.add(frame.getStreamId() + ": expected " + expected + ", found " + frame.getSequence());
            }
            if (frame.getEndOfStream()) {
                ended++;
                next.remove(frame.getStreamId());
            } else {
                frames++;
                next.put(frame.getStreamId(), frame.getSequence() + 1);
            }
        }
    }

    long frames() {
        return frames;
    }

    int ended() {
        return ended;
    }

    /** Lost frames, and those that came twice or out of order; the first few. */
    List<String> problems() {
        return problems;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
