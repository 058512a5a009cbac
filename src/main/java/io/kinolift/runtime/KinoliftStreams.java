package io.kinolift.runtime;

import io.kinolift.engine.StreamPlans;
import io.kinolift.runtime.check.StartFacts;
import io.kinolift.runtime.suspect.DecodeJournal;
import io.kinolift.runtime.topics.Rights;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.runtime.transactions.TransactionWatch;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.LimitSettings;
import io.kinolift.settings.Plans;
import io.kinolift.settings.ProcessSettings;
import io.kinolift.topology.StreamEvent;
import io.kinolift.topology.TopologySettings;
import io.kinolift.topology.UpscaleTopology;
import io.kinolift.trace.Telemetry;
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
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream application from start to stop. A failed stream thread is started again a few
 * times, and then ends it; what it held is read again. */
public final class KinoliftStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KinoliftStreams.class);
    private static final Duration RESTART_PERIOD = Duration.ofMinutes(10);

    private final KafkaStreams streams;
    private final StreamPlans plans;
    private final DecodeJournal journal;
    private final ThreadRestarts restarts;
    private final Rights rights;
    private final Optional<String> instanceId;
    private final Duration closeTimeout;
    private final TransactionWatch transactions;
    private final TraceExport traces;
    private final Telemetry<StreamEvent> telemetry;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * @param clientSettings Kafka's own settings, at least {@code bootstrap.servers}; they win over our defaults
     * @param stateDir where stores are kept between runs, for this instance alone
     * @throws org.apache.kafka.common.config.ConfigException for settings that do not go together
     * @throws IllegalStateException if topics, sizes or time limits are not fit, with one line per finding
     */
    public KinoliftStreams(KinoliftConfig config, Map<String, String> clientSettings, Path stateDir) {
        plans = Plans.streams(config, LOG::warn);
        TopologySettings settings;
        Properties properties;
        try (Admin admin = Admin.create(new HashMap<>(clientSettings))) {
            settings = TopologyPlan.of(config, plans, Topics.requireFit(admin, TopologyPlan.topics(config)));
            properties = StreamsProperties.of(
                    clientSettings,
                    stateDir,
                    settings.maxRecordBytes(),
                    StartFacts.rowBytes(settings.engine().limits().maxBytes()));
            StartFacts.check(admin, config, settings, clientSettings.keySet(), properties);
        }
        closeTimeout = Duration.ofMillis(config.get(ProcessSettings.STOP_TIMEOUT));
        restarts = new ThreadRestarts(config.get(ProcessSettings.THREAD_RESTARTS), RESTART_PERIOD);
        rights = new Rights(
                settings.topics(),
                properties.get(StreamsConfig.APPLICATION_ID_CONFIG).toString());
        instanceId = Optional.ofNullable(clientSettings.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
        traces = TraceExport.of(
                config, properties.get(StreamsConfig.APPLICATION_ID_CONFIG).toString(), instanceId);
        telemetry = new Telemetry<>(traces.tracing());
        try {
            journal = openJournal(config, clientSettings, stateDir);
            streams = kafkaStreams(settings, properties);
        } catch (RuntimeException e) {
            traces.close();
            throw e;
        }
        transactions = new TransactionWatch(
                clientSettings,
                properties.get(StreamsConfig.APPLICATION_ID_CONFIG).toString(),
                settings.topics().written(),
                () -> streams.state() == KafkaStreams.State.REBALANCING);
        streams.setUncaughtExceptionHandler(this::respond);
        streams.setStateListener((state, before) -> {
            if (state == KafkaStreams.State.RUNNING && before == KafkaStreams.State.REBALANCING) {
                transactions.request();
            }
            if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING) {
                stopped.countDown();
            }
        });
    }

    private KafkaStreams kafkaStreams(TopologySettings settings, Properties properties) {
        try {
            return StateFolder.of(properties)
                    .closedAround(() ->
                            new KafkaStreams(new UpscaleTopology(settings, telemetry, journal).get(), properties));
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private static DecodeJournal openJournal(KinoliftConfig config, Map<String, String> clientSettings, Path stateDir) {
        String chosen = config.get(ProcessSettings.JOURNAL_DIR);
        Path folder = chosen.isBlank() ? stateDir.resolveSibling(stateDir.getFileName() + "-journal") : Path.of(chosen);
        return DecodeJournal.openTried(folder, clientSettings, config.get(LimitSettings.MAX_FRAME_PIXELS));
    }

    private StreamThreadExceptionResponse respond(Throwable exception) {
        Optional<String> hopeless = rights.missing(exception).or(() -> replaced(exception));
        if (hopeless.isEmpty() && restarts.isAllowed()) {
            transactions.request();
            LOG.error("a stream thread failed and is started again: {}", exception.getMessage(), exception);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        failure.compareAndSet(
                null,
                hopeless.<Throwable>map(text -> new IllegalStateException(text, exception))
                        .orElse(exception));
        if (hopeless.isPresent()) {
            LOG.error("the stream application stops: {}", hopeless.get());
            LOG.debug("because of", exception);
        } else {
            LOG.error("the stream application stops: {}", exception.getMessage(), exception);
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** To start again would only throw the other one out in its turn. */
    private Optional<String> replaced(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof FencedInstanceIdException) {
                return Optional.of("expected an instance id of its own (" + ConsumerConfig.GROUP_INSTANCE_ID_CONFIG
                        + ", --instance-id), found that another instance has joined with " + instanceId.orElse("it"));
            }
        }
        return Optional.empty();
    }

    public void start() {
        transactions.start();
        streams.start();
    }

    /** For health and metrics. */
    public KafkaStreams kafka() {
        return streams;
    }

    /** The plan of each stream. */
    public StreamPlans plans() {
        return plans;
    }

    public Telemetry<StreamEvent> telemetry() {
        return telemetry;
    }

    /** The failure that stopped the application, if there was one. */
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
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .sum();
        return Double.isNaN(sum) ? 0 : sum;
    }

    /** Waits until the application has stopped, by itself or closed. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /**
     * Stops within {@code kinolift.stop.timeout.ms}; the group membership is kept, so that a restart takes over at
     * once.
     */
    @Override
    public void close() {
        transactions.close();
        boolean inTime = streams.close(CloseOptions.timeout(closeTimeout)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
        traces.close();
        if (inTime) {
            journal.close();
        } else {
            LOG.warn(
                    "the application did not stop within {} (kinolift.stop.timeout.ms); what was under way is done "
                            + "again at the next start",
                    closeTimeout);
        }
    }
}
