package io.kinolift.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's clients for large records that do not compress, and for programs that want to know soon that the broker is
 * away. Settings of the user win.
 */
final class KafkaSettings {
    /** How long a start waits for the broker. */
    static final int START_MS = 10_000;
    /** How long a record may be under way. A restarted broker answers within this time. */
    static final int DELIVERY_MS = 30_000;
    /**
     * A broker answers the requests of a connection in order, so a close, or a seek by time, waits until the open fetch
     * returns. An idle consumer asks ten times a second for this, not twice.
     */
    private static final int FETCH_WAIT_MS = 100;

    /** The broker's own default. */
    private static final int USUAL_MESSAGE_BYTES = 1_048_588;

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSettings.class);

    private KafkaSettings() {}

    /** A producer that knows the topic's leaders, so that its first record does not wait for them. */
    static Producer<byte[], byte[]> producer(
            String servers, Map<String, String> settings, long bufferBytes, String topic) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        // The topic's limit is checked before a record is sent.
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // A record that waits for a leader is under way, too.
        config.put(
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                settings.getOrDefault(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(DELIVERY_MS)));
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, START_MS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        config.putAll(settings);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            var _ = producer.partitionsFor(topic);
            return producer;
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** Reads committed records, without a group. */
    static Consumer<byte[], byte[]> consumer(String servers, Map<String, String> settings) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 16);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.putAll(settings);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * The largest batch that a topic takes; the usual one where the user may not ask.
     *
     * @throws KafkaException if there is no such topic, or the broker is away
     */
    static int maxMessageBytes(String servers, Map<String, String> settings, String topic) throws InterruptedException {
        Map<String, Object> config = new HashMap<>();
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, START_MS);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, START_MS);
        settings.forEach((name, value) -> {
            if (AdminClientConfig.configNames().contains(name)) {
                config.put(name, value);
            }
        });
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(config)) {
            return Integer.parseInt(admin.describeConfigs(List.of(resource))
                    .values()
                    .get(resource)
                    .get()
                    .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                    .value());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                LOG.warn(
                        "expected the right DESCRIBE_CONFIGS on topic {}, found it missing: records of up to {} bytes"
                                + " are sent",
                        topic,
                        USUAL_MESSAGE_BYTES);
                return USUAL_MESSAGE_BYTES;
            }
            throw new KafkaException(e.getCause().getMessage(), e.getCause());
        }
    }
}
