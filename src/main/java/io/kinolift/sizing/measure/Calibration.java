package io.kinolift.sizing.measure;

import io.kinolift.settings.LimitSettings;
import io.kinolift.settings.OperatorKinds;
import io.kinolift.settings.Presets;
import io.kinolift.settings.ProcessSettings;
import io.kinolift.settings.Setting;
import io.kinolift.settings.TopicSettings;
import io.kinolift.settings.WindowingSettings;
import io.kinolift.sizing.Figures;
import io.kinolift.sizing.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Measures an instance with one stream thread: as fast as it can until the JIT is done, without streams, with one stream,
 * with more, and after it was killed.
 */
public final class Calibration {
    /** Share of what the machine can do at once: broker and clients take a part. */
    private static final double HEAVY_SHARE = 0.65;

    /** More would not make the slope better known, and clients take their part of the cores. */
    private static final int MOST_HEAVY = 64;
    /** Fewer are too close to one stream for a slope. */
    private static final int LEAST_HEAVY = 4;
    /** Share of its time that the JIT works at most once it is done. */
    private static final double JIT_CALM = 0.03;
    /** Between two looks at the warm-up: some windows long. */
    private static final long PERIOD_MILLIS = 3000;
    /** Two for each of the pushed streams, so that a thread does not wait for frames before its speed is known. */
    private static final int WINDOWS_AHEAD = 8;
    /** More than a frame is on its way, so that there is always work. */
    private static final double AHEAD_SECONDS = 0.7;

    /** Fewer would make a window more or less count. */
    private static final int WINDOWS_OF_TRIAL = 12;

    /** However few windows that are. */
    private static final long MOST_TRIAL_MILLIS = 90_000;
    /** Frames come more slowly where the machine is too slow for the job's rate. */
    private static final String IDLE_MILLIS = "60000";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<String, String> SETTINGS = Map.of(
            WindowingSettings.IDLE_TIMEOUT.name(),
            IDLE_MILLIS,
            LimitSettings.THREADS.name(),
            Integer.toString(workers()),
            ProcessSettings.START_CHECK.name(),
            "off");

    private final Job job;
    private final Path clip;
    private final long heapBytes;
    private final Times times;
    private final Consumer<String> progress;

    /**
     * How long each part takes.
     *
     * @param warmUpLeast milliseconds
     * @param warmUpMost milliseconds, however busy the JIT is
     * @param idle milliseconds without streams
     * @param trial milliseconds of each load
     */
    public record Times(long warmUpLeast, long warmUpMost, long idle, long trial) {
        /** About three minutes in all, if the machine is quick enough for the job. */
        public static final Times USUAL = new Times(20_000, 60_000, 6000, 20_000);
    }

    /**
     * What was measured.
     *
     * @param checks the trials that were asked for besides those of the figures
     */
    public record Outcome(Figures figures, List<Measured> checks) {}

    /**
     * A measurement to be made.
     *
     * @param clip pictures of all streams; null for FFmpeg's test picture
     * @param heapBytes of the instance
     * @param progress is told what runs
     */
    public Calibration(Job job, Path clip, long heapBytes, Times times, Consumer<String> progress) {
        this.job = job;
        this.clip = clip;
        this.heapBytes = heapBytes;
        this.times = times;
        this.progress = progress;
    }

    /** The names of the settings that a measurement chooses itself, or computes from the rest of a job. */
    public static Set<String> chosen(Job job) {
        Set<String> chosen = new TreeSet<>(SETTINGS.keySet());
        chosen.addAll(job.own().keySet());
        // Of these two, a job has one.
        chosen.add(Presets.PRESET.name());
        chosen.add(OperatorKinds.OPERATOR.name());
        Stream.of(
                        TopicSettings.FRAMES_TOPIC,
                        TopicSettings.UPSCALED_TOPIC,
                        TopicSettings.DEAD_LETTERS_TOPIC,
                        TopicSettings.ACCOUNTS_TOPIC)
                .map(Setting::name)
                .forEach(chosen::add);
        return chosen;
    }

    /**
     * Measures; on a machine that does nothing else.
     *
     * @param checks numbers of streams to be measured besides, at the job's own rate
     * @throws IllegalStateException if the instance fails, or makes nothing
     */
    public Outcome run(List<Integer> checks) throws IOException, InterruptedException {
        progress.accept("measuring " + job);
        Footage footage = Footage.of(job, clip);
        try (TestCluster cluster = new TestCluster();
                Producer<byte[], byte[]> producer = cluster.producer();
                Arrivals arrivals = new Arrivals(cluster)) {
            InstanceProcess instance = start(cluster, "a");
            try {
                double capacity = warmUp(cluster, instance, arrivals, producer, footage);
                long quietMillis = quietMillis(capacity);
                arrivals.awaitQuiet(quietMillis);
                double idle = idle(instance);
                double rate = Math.min(job.input().rate().toDouble(), capacity * HEAVY_SHARE / LEAST_HEAVY);
                int heavy = (int) Math.clamp(capacity * HEAVY_SHARE / rate, LEAST_HEAVY, MOST_HEAVY);
                Trial trial = new Trial(cluster, instance, arrivals, producer, footage, quietMillis);
                List<Measured> loads = new ArrayList<>();
                for (int streams : List.of(1, Math.max(2, heavy / 3), heavy)) {
                    say(streams, rate);
                    loads.add(trial.run(streams, rate, trialMillis(rate)));
                }
                List<Measured> checked = new ArrayList<>();
                for (int streams : checks) {
                    double checkRate = job.input().rate().toDouble();
                    say(streams, checkRate);
                    checked.add(trial.run(streams, checkRate, trialMillis(checkRate)));
                }
                // Last: an instance that has started again would have to warm up for the checks.
                progress.accept("what happens after a kill, about half a minute ...");
                Figures.Restart restart = new Restarts(cluster, arrivals, producer, footage)
                        .measure(instance, name -> start(cluster, name), rate);
                return new Outcome(
                        new Differences(job, workers(), heapBytes).figures(idle, loads, rate, restart), checked);
            } finally {
                instance.close();
            }
        }
    }

    /** @return input frames per second that one stream thread makes on this machine */
    private double warmUp(
            TestCluster cluster,
            InstanceProcess instance,
            Arrivals arrivals,
            Producer<byte[], byte[]> producer,
            Footage footage)
            throws IOException, InterruptedException {
        progress.accept("warm-up, " + times.warmUpLeast() / 1000 + " s at least ...");
        double factor = job.factor().toDouble();
        AtomicLong ahead = new AtomicLong((long) WINDOWS_AHEAD * job.window());
        long start = System.nanoTime();
        try (Senders _ = Senders.pushing(
                producer, footage, "warm-up-", () -> (long) (arrivals.outputs() / factor) + ahead.get())) {
            while (true) {
                long begun = System.nanoTime();
                long outputs = arrivals.outputs();
                double jit = instance.read().jitSeconds();
                Thread.sleep(PERIOD_MILLIS);
                double seconds = (System.nanoTime() - begun) / 1e9;
                double share = (instance.read().jitSeconds() - jit) / seconds;
                double perSecond = (arrivals.outputs() - outputs) / factor / seconds;
                ahead.set(Math.max(ahead.get(), (long) (perSecond * AHEAD_SECONDS)));
                long passed = (System.nanoTime() - start) / 1_000_000;
                if (perSecond > 0
                        && (passed > times.warmUpMost() || (passed > times.warmUpLeast() && share < JIT_CALM))) {
                    cluster.keepChangelogs();
                    return perSecond;
                }
                if (arrivals.outputs() == 0 && passed > PATIENCE.toMillis()) {
                    throw new IllegalStateException("expected outputs of " + job + ", found none for " + PATIENCE);
                }
            }
        }
    }

    /** @return cores that it takes without streams */
    private double idle(InstanceProcess instance) throws IOException, InterruptedException {
        progress.accept("without streams ...");
        long begun = System.nanoTime();
        double before = instance.read().coreSeconds();
        Thread.sleep(times.idle());
        // The JIT says how long it ran, which may be more than it had of a core.
        return Math.max(0, instance.read().coreSeconds() - before) / ((System.nanoTime() - begun) / 1e9);
    }

    /** @param capacity input frames per second */
    private long quietMillis(double capacity) {
        return Math.max(PERIOD_MILLIS, (long) (2 * 1000.0 * job.window() / capacity));
    }

    private long trialMillis(double rate) {
        double windows = WINDOWS_OF_TRIAL * job.window() * 1000.0 / rate;
        return Math.clamp((long) windows, times.trial(), Math.max(MOST_TRIAL_MILLIS, times.trial()));
    }

    private void say(int streams, double rate) {
        progress.accept(String.format(
                Locale.ROOT,
                "%d %s at %.1f frames per second, %d s ...",
                streams,
                streams == 1 ? "stream" : "streams",
                rate,
                trialMillis(rate) / 1000));
    }

    private static int workers() {
        return Runtime.getRuntime().availableProcessors();
    }

    InstanceProcess start(TestCluster cluster, String name) throws IOException {
        Map<String, String> settings = new TreeMap<>(job.all());
        settings.putAll(SETTINGS);
        settings.putAll(cluster.clients());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, TestCluster.APPLICATION);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Long.toString(job.commitMillis()));
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "1");
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Integer.toString(Restarts.SESSION_MILLIS));
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Integer.toString(Restarts.SESSION_MILLIS / 3));
        return new InstanceProcess(settings, cluster.scratch(name), heapBytes);
    }
}
