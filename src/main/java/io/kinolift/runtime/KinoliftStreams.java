package io.kinolift.runtime;

import io.kinolift.topology.Stages;
import io.kinolift.topology.UpscaleTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream application from start to stop. A failed stream thread ends it; what it held is read again at restart. */
public final class KinoliftStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KinoliftStreams.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
    /** Pages, per-record copies and compression are for small records; a frame is its own batch. */
    private static final int PRODUCER_BUFFER_BYTES = 64 << 20;
    /** Records are counted, not weighed, so few are taken at once. */
    private static final int RECORDS_AT_ONCE = 32;

    private final KafkaStreams streams;
    private final Stages stages = new Stages();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * @param clientSettings Kafka's own settings, at least {@code bootstrap.servers}; they win over our defaults
     * @param stateDir where stores are kept between runs, for this instance alone
     * @throws org.apache.kafka.common.config.ConfigException for settings that do not go together
     * @throws IllegalStateException if the topics are not fit, with one line per finding
     */
    public KinoliftStreams(KinoliftConfig config, Map<String, String> clientSettings, Path stateDir) {
        int maxRecordBytes;
        try (Admin admin = Admin.create(new HashMap<>(clientSettings))) {
            maxRecordBytes = Topics.requireFit(admin, Plans.topics(config));
        }
        UpscaleTopology topology =
                new UpscaleTopology(Plans.topology(config, maxRecordBytes), Plans.operator(config), stages);
        streams = new KafkaStreams(topology.get(), properties(clientSettings, stateDir, maxRecordBytes));
        streams.setUncaughtExceptionHandler(exception -> {
            failure.compareAndSet(null, exception);
            LOG.error("the stream application stops: {}", exception.getMessage(), exception);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((state, _) -> {
            if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING) {
                stopped.countDown();
            }
        });
    }

    private static Properties properties(Map<String, String> clientSettings, Path stateDir, int maxRecordBytes) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "kinolift");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 64 << 20);
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS_AT_ONCE);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.put(StreamsConfig.topicPrefix("segment.bytes"), 64 << 20);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RECORDS_AT_ONCE);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), maxRecordBytes);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
                Math.max(PRODUCER_BUFFER_BYTES, 2L * maxRecordBytes));
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 60_000);
        properties.putAll(clientSettings);
        return properties;
    }

    public void start() {
        streams.start();
    }

    /** For health and metrics. */
    public KafkaStreams kafka() {
        return streams;
    }

    public Stages stages() {
        return stages;
    }

    /** What stopped the application, if anything did. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** About how many seconds the stream threads have spent committing, by Kafka Streams' own metrics. */
    public double commitSeconds() {
        return metric("commit-latency-avg") * metric("commit-total") / 1000;
    }

    private double metric(String name) {
        double sum = streams.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(name)
                        && metric.metricName().group().equals("stream-thread-metrics"))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue()).sum();
        return Double.isNaN(sum) ? 0 : sum;
    }

    /** Waits until the application has stopped, by itself or closed. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** Stops within half a minute; the group membership is kept, so that a restart takes over at once. */
    @Override
    public void close() {
        streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
    }
}
