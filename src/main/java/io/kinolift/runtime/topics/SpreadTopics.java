package io.kinolift.runtime.topics;

import io.kinolift.engine.StreamPlans;
import io.kinolift.topology.InputTopics;
import io.kinolift.topology.Spread;
import io.kinolift.topology.WindowFingerprint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two topics between those who cut windows and those who upscale them. Records stay until they were read, however long
 * that takes, and are deleted then.
 *
 * @param application whose topics they are
 */
public record SpreadTopics(String application) {
    private static final Logger LOG = LoggerFactory.getLogger(SpreadTopics.class);
    private static final int SEGMENT_BYTES = 64 << 20;

    /**
     * Makes the topics, or gives them the partitions that they need now.
     *
     * @param inputs there are as many partitions of outcomes as of the largest of them
     * @param maxOutcomeBytes the largest record of the topic of outcomes
     * @param replicas -1 for the broker's default
     * @param clients settings of Kafka's clients
     * @throws IllegalStateException if one takes too small records, or was deleted with windows in it; with the remedy
     */
    public void requireFit(
            Admin admin,
            Spread spread,
            InputTopics inputs,
            int maxOutcomeBytes,
            short replicas,
            Map<String, Object> clients) {
        new LostWindows(this, admin, clients).requireNone();
        requireFit(admin, spread.windowsTopic(), spread.lanes(), spread.maxWindowBytes() + (1 << 16), replicas);
        requireFit(admin, spread.outcomesTopic(), Topics.partitions(admin, inputs), maxOutcomeBytes, replicas);
    }

    private static void requireFit(Admin admin, String name, int partitions, int maxRecordBytes, short replicas) {
        if (!Topics.exists(admin, name)) {
            create(admin, topic(name, partitions, maxRecordBytes, replicas));
        }
        PartitionPlan.of(admin, List.of(name), partitions)
                .run(admin, step -> LOG.info("{} has {} partitions now, and had {}", name, step.to(), step.from()));
        int found = Topics.maxMessageBytes(admin, name);
        if (found < maxRecordBytes) {
            throw new IllegalStateException(new Topics.Finding(
                            name,
                            Topics.MAX_MESSAGE_BYTES + " expected at least " + maxRecordBytes + ", found " + found,
                            Topics.raiseCommand(name, maxRecordBytes))
                    .toString());
        }
    }

    private static NewTopic topic(String name, int partitions, int maxRecordBytes, short replicas) {
        return new NewTopic(name, partitions, replicas)
                .configs(Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        "-1",
                        "retention.bytes",
                        "-1",
                        "segment.bytes",
                        Integer.toString(Math.max(SEGMENT_BYTES, maxRecordBytes)),
                        Topics.MAX_MESSAGE_BYTES,
                        Integer.toString(maxRecordBytes)));
    }

    private static void create(Admin admin, NewTopic topic) {
        try {
            Topics.get(admin.createTopics(List.of(topic)).all());
        } catch (TopicExistsException e) {
            // Another instance was faster.
        }
        Topics.await(
                () -> Topics.exists(admin, topic.name()), () -> "expected a topic " + topic.name() + ", found none");
    }

    /** Their names. */
    public List<String> names() {
        return Spread.topics(application);
    }

    /** What to say of one that was deleted while the application runs. */
    static String lost(String name, String found) {
        return "expected the topic " + name + " that was there before, found " + found
                + ": windows that were on their way in it are lost. Stop all instances, and start them again: if"
                + " streams cannot go on, the start says so, or the log a minute later";
    }

    /** Deletes what the application has read and is done with. */
    public void deleteRead(Admin admin) {
        Map<TopicPartition, RecordsToDelete> read = new HashMap<>();
        committed(admin).forEach((partition, next) -> read.put(partition, RecordsToDelete.beforeOffset(next)));
        admin.deleteRecords(read).lowWatermarks().forEach((partition, deleted) -> {
            try {
                Topics.get(deleted);
            } catch (AuthorizationException e) {
                LOG.error(
                        "expected the right DELETE on topic {}, found it missing: what has been read stays there,"
                                + " until the disks of the brokers are full",
                        partition.topic());
            } catch (KafkaException e) {
                LOG.debug("{}: not deleted up to {}", partition, read.get(partition), e);
            }
        });
    }

    /**
     * Windows that are away come back only to an application that shares them out.
     *
     * @param clients settings of Kafka's clients
     * @throws IllegalStateException if there are some
     */
    public void requireAllBack(Admin admin, Map<String, Object> clients) {
        new LostWindows(this, admin, clients).requireNone();
        if (new UnreadRecords(this, admin, clients).isAny(names(), IsolationLevel.READ_COMMITTED, _ -> true)) {
            throw new IllegalStateException(
                    "expected kinolift.parallelism=window as before, found stream: windows or what came of"
                            + " them, in the topics " + names()
                            + ", have not been read yet. Let the application run with window until they are, or give"
                            + " them up with: kinolift reset");
        }
    }

    /**
     * Windows that are away were cut for the settings of that time.
     *
     * @param plans of the streams, now
     * @throws IllegalStateException if there are some that are to be upscaled in another way
     */
    public void requireSameSettings(Admin admin, Map<String, Object> clients, StreamPlans plans) {
        if (new UnreadRecords(this, admin, clients)
                .isAny(
                        names().subList(0, 1),
                        IsolationLevel.READ_COMMITTED,
                        record -> !WindowFingerprint.fit(record.headers(), record.key(), plans))) {
            throw new IllegalStateException(
                    "expected the settings of before, as windows that were cut with them wait in "
                            + names().getFirst()
                            + ". Let the application run with those until all are back (stop the producers, and wait"
                            + " until the metric kinolift_windows_away is 0), or give them up with: kinolift reset");
        }
    }

    /** Where the application goes on in the two topics. */
    Map<TopicPartition, Long> committed(Admin admin) {
        Map<TopicPartition, OffsetAndMetadata> all =
                Topics.get(admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> ours = new HashMap<>();
        all.forEach((partition, next) -> {
            if (next != null && names().contains(partition.topic())) {
                ours.put(partition, next.offset());
            }
        });
        return ours;
    }
}
