package io.kinolift.runtime.records;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Fetches single records by their place. */
public final class RecordReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;

    public RecordReader(Map<String, String> clientSettings) {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.keySet().removeIf(name -> name.startsWith("group."));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Empty if it is gone or does not come. */
    public Optional<ConsumerRecord<byte[], byte[]>> record(FramePlace place) {
        TopicPartition partition = new TopicPartition(place.topic(), place.partition());
        consumer.assign(List.of(partition));
        if (isOutside(partition, place.offset())) {
            return Optional.empty();
        }
        consumer.seek(partition, place.offset());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                return record.offset() == place.offset() ? Optional.of(record) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Nothing would come of it, however long it is waited for. */
    private boolean isOutside(TopicPartition partition, long offset) {
        List<TopicPartition> one = List.of(partition);
        return offset < consumer.beginningOffsets(one).get(partition)
                || offset >= consumer.endOffsets(one).get(partition);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
