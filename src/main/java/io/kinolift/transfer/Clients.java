package io.kinolift.transfer;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka clients set for frames: few, large records that do not compress. */
public final class Clients {
    private static final long PRODUCER_BUFFER_BYTES = 64L << 20;

    /**
     * A broker answers the requests of a connection in order, so a close, or a look at the ends, waits until the open
     * fetch returns. An idle consumer asks ten times a second for this, not twice.
     */
    private static final int FETCH_WAIT_MS = 100;

    private Clients() {}

    /**
     * Creates a producer.
     *
     * @param maxRecordBytes the largest record the topic takes
     */
    public static Producer<byte[], byte[]> producer(Map<String, String> settings, int maxRecordBytes) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRecordBytes);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(PRODUCER_BUFFER_BYTES, 2L * maxRecordBytes));
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.putAll(settings);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Reads committed records, without a group. */
    public static Consumer<byte[], byte[]> consumer(Map<String, String> settings) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 16);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        config.putAll(settings);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** As {@link #consumer}, for topics of many small records that are read whole. */
    public static Consumer<byte[], byte[]> tableReader(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "10000");
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(8 << 20));
        all.putAll(settings);
        return consumer(all);
    }
}
