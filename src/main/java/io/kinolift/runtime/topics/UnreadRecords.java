package io.kinolift.runtime.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics of an application, and leaves them as they are: from the offset that it has committed, or from the beginning
 * where there is none, as in a changelog.
 *
 * @param topics of the application
 * @param clients settings of Kafka's clients
 */
record UnreadRecords(SpreadTopics topics, Admin admin, Map<String, Object> clients) {
    private static final Duration POLL = Duration.ofSeconds(1);
    /** More than the transaction of an instance that died takes to end. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    void forEach(String name, IsolationLevel isolation, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        isAny(List.of(name), isolation, record -> {
            reader.accept(record);
            return false;
        });
    }

    /** Whether one is wanted; stops at the first such one. */
    boolean isAny(List<String> names, IsolationLevel isolation, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        List<TopicPartition> partitions = new ArrayList<>();
        Topics.describe(admin, names)
                .values()
                .forEach(topic -> topic.partitions()
                        .forEach(info -> partitions.add(new TopicPartition(topic.name(), info.partition()))));
        return !partitions.isEmpty() && isAny(partitions, topics.committed(admin), isolation, wanted);
    }

    private boolean isAny(
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> committed,
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
