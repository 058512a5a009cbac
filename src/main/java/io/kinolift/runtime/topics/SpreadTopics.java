package io.kinolift.runtime.topics;

import io.kinolift.engine.StreamPlans;
import io.kinolift.topology.AwayWindows;
import io.kinolift.topology.InputTopics;
import io.kinolift.topology.Spread;
import io.kinolift.topology.UpscaleTopology;
import io.kinolift.topology.WindowFingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
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
    private static final int NAMED = 5;
    private static final Duration POLL = Duration.ofSeconds(1);
    /** More than the transaction of an instance that died takes to end. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

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
        requireNoneLost(admin, clients);
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

    /**
     * A topic may have been deleted while the application was away, and even made again. Kafka deletes the offsets of a
     * deleted topic, or a late commit is beyond the end of the new one; so that is easily ruled out. Else the changelog
     * says which windows are away.
     *
     * @throws IllegalStateException if some are in neither topic
     */
    private void requireNoneLost(Admin admin, Map<String, Object> clients) {
        if (Topics.describe(admin, List.of(changelog())).isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> next = committed(admin);
        List<String> missing =
                names().stream().filter(name -> !isAsRead(admin, name, next)).toList();
        if (missing.isEmpty()) {
            return;
        }
        AwayWindows away = away(admin, clients);
        if (away.isEmpty()) {
            return;
        }
        // One after the other: a window only goes from the first to the second.
        // What an open transaction hides is there, too; what was aborted is on nobody's list.
        for (String name : names()) {
            isAnyUnread(admin, List.of(name), clients, IsolationLevel.READ_UNCOMMITTED, record -> {
                away.found(record.key());
                return false;
            });
        }
        // Another instance may have taken windows back meanwhile.
        List<String> lost = away.lost().isEmpty() ? List.of() : away.lost(away(admin, clients));
        if (!lost.isEmpty()) {
            throw new IllegalStateException("expected windows of " + streams(lost) + " on their way in the topics "
                    + names() + ", found none: " + String.join(" and ", missing)
                    + " was deleted. These streams cannot go on. Stop all instances, and start over with:"
                    + " kinolift reset");
        }
    }

    private static boolean isAsRead(Admin admin, String name, Map<TopicPartition, Long> next) {
        Map<TopicPartition, OffsetSpec> read = next.keySet().stream()
                .filter(partition -> partition.topic().equals(name))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        return !read.isEmpty()
                && Topics.exists(admin, name)
                && read.keySet().stream().allMatch(partition -> partition.partition() < Topics.partitions(admin, name))
                && Topics.get(admin.listOffsets(read).all()).entrySet().stream()
                        .allMatch(
                                end -> next.get(end.getKey()) <= end.getValue().offset());
    }

    /** Of the node that gives windows away. */
    private String changelog() {
        return UpscaleTopology.changelogs(application).getLast();
    }

    private AwayWindows away(Admin admin, Map<String, Object> clients) {
        AwayWindows away = new AwayWindows();
        isAnyUnread(admin, List.of(changelog()), clients, IsolationLevel.READ_COMMITTED, record -> {
            away.row(record.key(), record.value());
            return false;
        });
        return away;
    }

    private static String streams(List<String> ids) {
        return ids.size() == 1
                ? "stream " + ids.getFirst()
                : ids.size() + " streams (" + String.join(", ", ids.subList(0, Math.min(NAMED, ids.size())))
                        + (ids.size() > NAMED ? ", ..." : "") + ")";
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

    /** Where the application goes on in the two topics. */
    private Map<TopicPartition, Long> committed(Admin admin) {
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

    /**
     * Windows that are away come back only to an application that shares them out.
     *
     * @param clients settings of Kafka's clients
     * @throws IllegalStateException if there are some
     */
    public void requireAllBack(Admin admin, Map<String, Object> clients) {
        requireNoneLost(admin, clients);
        if (isAnyUnread(admin, names(), clients, IsolationLevel.READ_COMMITTED, _ -> true)) {
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
        if (isAnyUnread(
                admin,
                names().subList(0, 1),
                clients,
                IsolationLevel.READ_COMMITTED,
                record -> !WindowFingerprint.fit(record.headers(), record.key(), plans))) {
            throw new IllegalStateException(
                    "expected the settings of before, as windows that were cut with them wait in "
                            + names().getFirst()
                            + ". Let the application run with those until all are back (stop the producers, and wait"
                            + " until the metric kinolift_windows_away is 0), or give them up with: kinolift reset");
        }
    }

    private boolean isAnyUnread(
            Admin admin,
            List<String> topics,
            Map<String, Object> clients,
            IsolationLevel isolation,
            Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        List<TopicPartition> partitions = new ArrayList<>();
        Topics.describe(admin, topics)
                .values()
                .forEach(topic -> topic.partitions()
                        .forEach(info -> partitions.add(new TopicPartition(topic.name(), info.partition()))));
        return !partitions.isEmpty() && isAnyUnread(partitions, committed(admin), clients, isolation, wanted);
    }

    private static boolean isAnyUnread(
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> committed,
            Map<String, Object> clients,
            IsolationLevel isolation,
            Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        Map<String, Object> settings = new HashMap<>(clients);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 16);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            partitions.forEach(partition ->
                    consumer.seek(partition, Math.max(first.get(partition), committed.getOrDefault(partition, 0L))));
            // The end of a transaction takes an offset too, and is no record.
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < end.get(partition))) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("expected to read all of " + partitions + " within "
                            + PATIENCE.toSeconds() + " s, did not");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (wanted.test(record)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
