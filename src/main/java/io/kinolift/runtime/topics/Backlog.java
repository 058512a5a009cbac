package io.kinolift.runtime.topics;

import io.kinolift.topology.InputTopics;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Records that lie on the input topics of an application, and that it has not read yet, as far as it has committed.
 *
 * @param unread by partition; those without are left out
 */
public record Backlog(Map<TopicPartition, Long> unread) {
    /** Of who has read everything, or is not known. */
    public static final Backlog NONE = new Backlog(Map.of());

    public Backlog {
        unread = Map.copyOf(unread);
    }

    /**
     * Asks the cluster, of partitions that the application has read before.
     *
     * @throws org.apache.kafka.common.KafkaException if the group or the topics may not be seen, or nobody answers
     */
    public static Backlog of(Admin admin, String application, InputTopics inputs) {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(
                Topics.get(admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata()));
        committed.keySet().removeIf(partition -> !inputs.matches(partition.topic()));
        // A client asks for a minute for the offsets of a topic that is gone.
        Set<String> existing = Topics.describe(
                        admin,
                        committed.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet()))
                .keySet();
        Map<TopicPartition, Long> next = new HashMap<>();
        committed.forEach((partition, offset) -> {
            if (offset != null && existing.contains(partition.topic())) {
                next.put(partition, offset.offset());
            }
        });
        return of(
                next,
                offsets(admin, next.keySet(), OffsetSpec::earliest),
                offsets(admin, next.keySet(), OffsetSpec::latest));
    }

    /**
     * The same by offsets. What was deleted unread does not wait.
     *
     * @param next the offset that is read next
     * @param first of the first record that is left
     * @param end behind the last record
     */
    static Backlog of(Map<TopicPartition, Long> next, Map<TopicPartition, Long> first, Map<TopicPartition, Long> end) {
        Map<TopicPartition, Long> unread = new HashMap<>();
        next.forEach((partition, offset) -> {
            long from = Math.max(offset, first.getOrDefault(partition, 0L));
            long count = end.getOrDefault(partition, from) - from;
            if (count > 0) {
                unread.put(partition, count);
            }
        });
        return new Backlog(unread);
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, Set<TopicPartition> partitions, Supplier<OffsetSpec> which) {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        partitions.forEach(partition -> question.put(partition, which.get()));
        ListOffsetsResult answer = admin.listOffsets(question);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            try {
                offsets.put(
                        partition, Topics.get(answer.partitionResult(partition)).offset());
            } catch (UnknownTopicOrPartitionException _) {
                // Deleted meanwhile.
            }
        }
        return offsets;
    }

    /** How many records of a partition wait. */
    public long of(String topic, int partition) {
        return unread.getOrDefault(new TopicPartition(topic, partition), 0L);
    }

    /** The same without some partitions. */
    public Backlog without(Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> rest = new HashMap<>(unread);
        rest.keySet().removeAll(partitions);
        return new Backlog(rest);
    }
}
