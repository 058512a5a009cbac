package io.kinolift.runtime;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Follows the offsets that a consumer reads, and reports those that it skipped. */
public final class InputTrail implements ConsumerInterceptor<byte[], byte[]> {
    /** Name of the setting that holds the listener. */
    static final String LISTENER = "kinolift.input.trail.listener";

    /** As {@code max.poll.interval.ms}: longer ago, another instance may have read on meanwhile. */
    private static final long MEMORY_NANOS = 300_000_000_000L;

    private final Map<TopicPartition, Place> next = new HashMap<>();
    private Listener listener;

    private record Place(long offset, long nanos) {}

    /** Is told of jumps; some of them are the marks of transactions. */
    interface Listener {
        void jumped(TopicPartition partition, long from, long to);
    }

    @Override
    public void configure(Map<String, ?> settings) {
        listener = (Listener) settings.get(LISTENER);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        long now = System.nanoTime();
        for (TopicPartition partition : records.partitions()) {
            long first = records.records(partition).getFirst().offset();
            Place expected = next.get(partition);
            if (expected != null && first > expected.offset() && now - expected.nanos() < MEMORY_NANOS) {
                listener.jumped(partition, expected.offset(), first);
            }
        }
        records.nextOffsets().forEach((partition, offset) -> next.put(partition, new Place(offset.offset(), now)));
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
