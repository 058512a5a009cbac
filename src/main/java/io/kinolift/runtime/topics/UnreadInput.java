package io.kinolift.runtime.topics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says and counts what a topic deleted before it was read. Kafka's consumer goes on at the first record that is left,
 * without a word. The accounts of streams that go on count their missing frames, but a stream of which nothing is left
 * has no account.
 */
public final class UnreadInput {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadInput.class);

    private final AtomicLong deleted = new AtomicLong();
    private final Consumer<TopicPartition> ended;

    /** @param ended is told of partitions that end before the offset that was to be read next */
    public UnreadInput(Consumer<TopicPartition> ended) {
        this.ended = ended;
    }

    /** Records that were deleted unread, as far as this process knows. */
    public long deleted() {
        return deleted.get();
    }

    /**
     * Compares the offsets that a group has committed with what its topics, which exist, still hold.
     *
     * @return whether it has committed any
     * @throws org.apache.kafka.common.KafkaException if the cluster cannot be asked
     */
    public boolean check(Admin admin, String group, List<String> topics) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                Topics.get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        for (TopicDescription description : Topics.describe(admin, topics).values()) {
            for (TopicPartitionInfo info : description.partitions()) {
                TopicPartition partition = new TopicPartition(description.name(), info.partition());
                OffsetAndMetadata next = committed.get(partition);
                if (next != null) {
                    check(admin, partition, next.offset(), Long.MAX_VALUE);
                }
            }
        }
        return !committed.isEmpty();
    }

    /**
     * The same for a partition that is being read.
     *
     * @param next the offset that was to be read next
     * @param found the one that was read
     */
    public void check(Admin admin, TopicPartition partition, long next, long found) {
        long first = Math.min(found, offset(admin, partition, OffsetSpec.earliest()));
        if (first > next) {
            deleted.addAndGet(first - next);
            LOG.error(
                    "{}: {} records (offsets {} to {}) were deleted before they were read. Streams that go on count their "
                            + "missing frames (MISSING_FRAME); a stream that has lost all its frames has no account. The "
                            + "retention of the topic must be longer than the application may be away or late",
                    partition,
                    first - next,
                    next,
                    first - 1);
        } else if (found == Long.MAX_VALUE && next > offset(admin, partition, OffsetSpec.latest())) {
            LOG.error(
                    "{}: offset {} was to be read next, and the topic ends before it: it was made again, and is read from "
                            + "its first record",
                    partition,
                    next);
            ended.accept(partition);
        }
    }

    private static long offset(Admin admin, TopicPartition partition, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        question.put(partition, which);
        return Topics.get(admin.listOffsets(question).partitionResult(partition))
                .offset();
    }
}
