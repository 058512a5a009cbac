package io.kinolift.runtime;

import io.kinolift.topology.UpscaleTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of Kafka Streams: those that frames need, overridden by those that somebody has set. */
public final class StreamsProperties {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsProperties.class);
    private static final int PRODUCER_BUFFER_BYTES = 64 << 20;
    /**
     * Frames of a window travel together, as a request costs a broker more than a small frame. Less than a topic takes
     * by default: a topic's limit is for batches.
     */
    private static final int BATCH_BYTES = 900_000;
    /** Frames of a window come a few milliseconds apart; a commit waits for nothing. */
    private static final int LINGER_MILLIS = 10;
    /** Records are counted, not weighed, so few are taken at once. */
    private static final int RECORDS_AT_ONCE = 32;

    /** Find new partitions within 20 s; Kafka's default would lose five minutes of a stream. */
    private static final int METADATA_MILLIS = 20_000;

    /** After it, a broker ends the transaction of a dead instance. */
    public static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(2);

    /** Between two commits, if nobody sets another time. */
    public static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

    /** Kafka's default. */
    private static final Duration USUAL_SESSION = Duration.ofSeconds(45);

    private StreamsProperties() {}

    /**
     * The properties of Kafka Streams.
     *
     * @param outputBytes the largest record that the output topics take
     * @param changelogBytes the largest row of a changelog
     */
    public static Properties of(
            Map<String, String> clientSettings, Path stateDir, int outputBytes, int changelogBytes) {
        int maxRecordBytes = Math.max(outputBytes, changelogBytes);
        int batchBytes = Math.min(BATCH_BYTES, Math.min(outputBytes, changelogBytes));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, TopologyPlan.APPLICATION);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Math.toIntExact(COMMIT_INTERVAL.toMillis()));
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 64 << 20);
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS_AT_ONCE);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        // Stores of a task that went elsewhere are of no use once the changelog has forgotten deletions.
        properties.put(StreamsConfig.STATE_CLEANUP_DELAY_MS_CONFIG, UpscaleTopology.DELETIONS_KEPT.toMillis());
        properties.put(StreamsConfig.topicPrefix("segment.bytes"), UpscaleTopology.CHANGELOG_SEGMENT_BYTES);
        consumer(properties, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
        consumer(properties, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 300_000);
        consumer(properties, ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
        consumer(properties, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        producer(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRecordBytes);
        producer(properties, ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(PRODUCER_BUFFER_BYTES, 2L * maxRecordBytes));
        producer(properties, ProducerConfig.BATCH_SIZE_CONFIG, batchBytes);
        producer(properties, ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        // A broker that ends a timed-out transaction while it starts may lose the end (HangingTransactions), and so
        // expose an aborted transaction. So the timeout exceeds most outages. The price: readers wait this long for a
        // dead instance.
        producer(
                properties, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(TRANSACTION_TIMEOUT.toMillis()));
        // A setting with a client's prefix beats one without: ours must not beat theirs.
        clientSettings.keySet().forEach(name -> {
            properties.remove(StreamsConfig.consumerPrefix(name));
            properties.remove(StreamsConfig.producerPrefix(name));
        });
        properties.putAll(clientSettings);
        return properties;
    }

    /**
     * Where the windows of each stream are shared out, tasks read two kinds of topics, and one of them may be held while
     * the other is read: waiting for both would last for ever. And a thread that upscales leaves everything else lying, so
     * there are two.
     *
     * @param clientSettings which win
     * @throws IllegalStateException unless everything is done exactly once
     */
    static void forSpread(Properties properties, Map<String, String> clientSettings) {
        Object guarantee = properties.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG);
        if (!StreamsConfig.EXACTLY_ONCE_V2.equals(guarantee)) {
            throw new IllegalStateException("kinolift.parallelism=window: expected processing.guarantee="
                    + StreamsConfig.EXACTLY_ONCE_V2 + ", found " + guarantee);
        }
        if (!clientSettings.containsKey(StreamsConfig.NUM_STREAM_THREADS_CONFIG)) {
            properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
        }
        Object idle = properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        if (idle != null) {
            LOG.warn("kinolift.parallelism=window: max.task.idle.ms={} is not used", idle);
        }
    }

    static String application(Map<String, String> clientSettings) {
        return clientSettings.getOrDefault(StreamsConfig.APPLICATION_ID_CONFIG, TopologyPlan.APPLICATION);
    }

    /** The folder of the stores: Kafka's own setting wins. */
    static Path stateDir(Map<String, String> clientSettings, Path stateDir) {
        String chosen = clientSettings.get(StreamsConfig.STATE_DIR_CONFIG);
        return chosen == null ? stateDir : Path.of(chosen);
    }

    /** How long a member that has died stays in the group; what is no number is refused later, with its name. */
    static Duration session(Map<String, String> clientSettings) {
        String name = ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG;
        return Stream.of(StreamsConfig.mainConsumerPrefix(name), StreamsConfig.consumerPrefix(name), name)
                .map(clientSettings::get)
                .filter(value -> value != null && value.matches("\\d{1,9}"))
                .findFirst()
                .map(value -> Duration.ofMillis(Long.parseLong(value)))
                .orElse(USUAL_SESSION);
    }

    private static void consumer(Properties properties, String name, Object value) {
        properties.put(StreamsConfig.consumerPrefix(name), value);
    }

    private static void producer(Properties properties, String name, Object value) {
        properties.put(StreamsConfig.producerPrefix(name), value);
    }
}
