package io.kinolift.runtime;

import io.kinolift.engine.StreamPlans;
import io.kinolift.runtime.disk.DiskWatch;
import io.kinolift.runtime.group.OtherSettings;
import io.kinolift.runtime.state.StateFolder;
import io.kinolift.runtime.suspect.DecodeJournal;
import io.kinolift.runtime.topics.Rights;
import io.kinolift.runtime.transactions.TransactionWatch;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.LimitSettings;
import io.kinolift.settings.ParallelismSettings;
import io.kinolift.settings.Plans;
import io.kinolift.settings.ProcessSettings;
import io.kinolift.settings.WindowingSettings;
import io.kinolift.topology.StreamEvent;
import io.kinolift.topology.UpscaleTopology;
import io.kinolift.trace.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The stream application from start to stop. A failed stream thread is started again a few times, and then ends it; what
 * it held is read again.
 */
public final class KinoliftStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KinoliftStreams.class);
    private static final Duration RESTART_PERIOD = Duration.ofMinutes(10);
    private static final Duration LOOK_AT_OTHERS = Duration.ofSeconds(10);

    private final KafkaStreams streams;
    private final String application;
    private final Optional<String> instanceId;
    private final StreamPlans plans;
    private final DecodeJournal journal;
    private final UpscaleTopology topology;
    private final StateFolder state;
    private final TopicRecovery topics;
    private final OtherSettings others;
    private final ThreadFailures failures;
    private final Duration closeTimeout;
    private final CloseOptions.GroupMembershipOperation membership;
    private final WarmUps warmUps;
    private final TransactionWatch transactions;
    private final DiskWatch disks;
    private final ClockWatch clock = new ClockWatch(this::clockSetBack);
    private final TraceExport traces;
    private final Telemetry<StreamEvent> telemetry;
    private final Assignments assignments = new Assignments();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean toBeStartedAnew;
    private volatile boolean closed;

    /**
     * @param clientSettings Kafka's own settings, at least {@code bootstrap.servers}; they win over our defaults
     * @param stateDir where stores are kept between runs, for this instance alone
     * @throws org.apache.kafka.common.config.ConfigException for settings that do not go together
     * @throws IllegalStateException if topics, sizes or time limits are not fit, with one line per finding
     */
    public KinoliftStreams(KinoliftConfig config, Map<String, String> clientSettings, Path stateDir) {
        this(config, Plans.streams(config, LOG::warn), clientSettings, stateDir);
    }

    /** @param plans of the configuration, made beforehand */
    public KinoliftStreams(
            KinoliftConfig config, StreamPlans plans, Map<String, String> clientSettings, Path stateDir) {
        this.plans = plans;
        BudgetLines.of(plans, config.get(WindowingSettings.WINDOW_SIZE))
                .forEach(line ->
                        LOG.atLevel(line.warns() ? Level.WARN : Level.INFO).log(line.text()));
        // First: another instance that uses the folders must not notice anything.
        disks = new DiskWatch(
                config, StreamsProperties.stateDir(clientSettings, stateDir), journalFolder(config, stateDir));
        disks.requireRoom(config.get(ProcessSettings.START_CHECK));
        journal = DecodeJournal.open(journalFolder(config, stateDir));
        Preparation start = prepare(config, clientSettings, stateDir);
        application = start.application();
        instanceId = start.instanceId();
        topics = start.topics();
        others = start.others();
        state = start.state();
        warmUps = new WarmUps(plans, Duration.ofMillis(config.get(ProcessSettings.WARM_UP)));
        closeTimeout = Duration.ofMillis(config.get(ProcessSettings.STOP_TIMEOUT));
        // Windows that are on their way to this instance hold up the streams of all others.
        membership = ParallelismSettings.byWindow(config)
                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP;
        traces = TraceExport.of(config, start.application(), start.instanceId());
        telemetry = new Telemetry<>(traces.tracing());
        try {
            topology = new UpscaleTopology(start.settings(), telemetry, journal);
            streams = kafkaStreams(start.properties());
        } catch (RuntimeException e) {
            traces.close();
            throw e;
        }
        transactions = new TransactionWatch(
                clientSettings,
                start.application(),
                start.settings().transactional(),
                () -> streams.state() == KafkaStreams.State.REBALANCING);
        failures = new ThreadFailures(
                new Rights(start.settings().topics(), start.application()),
                start.instanceId(),
                new ThreadRestarts(config.get(ProcessSettings.THREAD_RESTARTS), RESTART_PERIOD),
                this::mended,
                () -> {
                    transactions.request();
                    start.exit().follow(Thread.currentThread());
                });
        streams.setUncaughtExceptionHandler(failures);
        streams.setStateListener((state, before) -> {
            if (state == KafkaStreams.State.RUNNING && before == KafkaStreams.State.REBALANCING) {
                transactions.request();
                assignments.are(assigned());
            }
            if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING) {
                stopped.countDown();
            }
        });
    }

    /** What was behind the failure of a thread and is over; waits for that. */
    private Optional<String> mended(Throwable failure) {
        if (disks.awaitRoom()) {
            return Optional.of("a full disk");
        }
        return topics.mended(failure) ? Optional.of("its topics") : Optional.empty();
    }

    private KafkaStreams kafkaStreams(Properties properties) {
        try {
            return state.closedAround(() -> new KafkaStreams(
                    topology.get(), properties, topics.clients(topology.hold(), topology.threads(), others.own())));
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private static Path journalFolder(KinoliftConfig config, Path stateDir) {
        String chosen = config.get(ProcessSettings.JOURNAL_DIR);
        return chosen.isBlank() ? stateDir.resolveSibling(stateDir.getFileName() + "-journal") : Path.of(chosen);
    }

    private Preparation prepare(KinoliftConfig config, Map<String, String> clientSettings, Path stateDir) {
        try {
            Preparation start = Preparation.of(config, plans, clientSettings, stateDir);
            journal.trySuspects(clientSettings, start.settings().input(), config.get(LimitSettings.MAX_FRAME_PIXELS));
            return start;
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private void clockSetBack(Duration step) {
        LOG.warn(
                "the clock was set back by {} s; Kafka's clients would stand still for as long, so the application is"
                        + " started anew",
                Math.round(step.toMillis() / 1e3));
        toBeStartedAnew = true;
        stopped.countDown();
    }

    /**
     * Begins to read, after the warm-up of plans that have levels.
     *
     * @return whether it has; not if it was closed meanwhile
     */
    public boolean start() {
        warmUps.run(() -> closed);
        return begin();
    }

    private synchronized boolean begin() {
        if (closed) {
            return false;
        }
        transactions.start();
        clock.start();
        topics.start(topology::limitRecords);
        topics.repeat(LOOK_AT_OTHERS, others::look);
        disks.start(streams::pause, streams::resume);
        streams.start();
        return true;
    }

    /** Whether no stream is read yet, because levels are still made ready. */
    public boolean isWarmingUp() {
        return warmUps.isRunning();
    }

    /** For health and metrics. */
    public KafkaStreams kafka() {
        return streams;
    }

    /** The application's id, which is its group. */
    public String application() {
        return application;
    }

    /** The lasting name of this instance in its group ({@code group.instance.id}), if it has one. */
    public Optional<String> instanceId() {
        return instanceId;
    }

    /** The partitions that this instance works on. */
    public List<TopicPartition> assigned() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .toList();
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
        return failures.fatal();
    }

    /** The last failure of a stream thread in words, if there was one; mostly, another thread goes on. */
    public Optional<String> lastThreadFailure() {
        return failures.last();
    }

    /** Input records that the frames topic deleted before they were read, as far as this process knows. */
    public long deletedUnread() {
        return topics.deletedUnread();
    }

    /** Whether input is not read because enough windows of it are on their way. */
    public boolean isInputHeld() {
        return topology.hold().isAnyHeld();
    }

    /** What about the topics keeps the application from running, one line each with its remedy. */
    public List<String> topicFaults() {
        return topics.faults();
    }

    /** The instances of the group whose settings differ from those of this one, with their hosts; empty if there are none. */
    public Optional<String> otherSettings() {
        return others.instances();
    }

    /** The disks of the folders, and whether they keep the application from running. */
    public DiskWatch disks() {
        return disks;
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

    /** Whether this one is only to be closed, and another one to be started in its place. */
    public boolean isToBeStartedAnew() {
        return toBeStartedAnew;
    }

    /** Waits until the application has stopped, by itself or closed, or is to be started anew. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /**
     * Stops within {@code kinolift.stop.timeout.ms}. The group membership is kept, so that a restart takes over at once. Where
     * windows are shared, the instance leaves, as windows on their way to it hold up all others. Closing again does nothing.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        clock.close();
        disks.close();
        transactions.close();
        topics.close();
        boolean inTime = streams.close(CloseOptions.timeout(closeTimeout).withGroupMembershipOperation(membership));
        traces.close();
        if (inTime) {
            journal.close();
            state.seal();
        } else {
            LOG.warn(
                    "the application did not stop within {} (kinolift.stop.timeout.ms); what was under way is done "
                            + "again at the next start",
                    closeTimeout);
        }
    }
}
