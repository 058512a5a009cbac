package io.kinolift.metrics;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.topology.StreamEvent;
import io.kinolift.wire.StreamIds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The figures of one stream, or of all streams without a place of their own. */
final class StreamFigures {
    private static final Duration[] LATENCY_BUCKETS =
            List.of(10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000).stream()
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);

    /** The partition of a stream that has had no event. */
    static final int NOWHERE = -1;

    private final MeterRegistry registry;
    private final String stream;
    /** The name of the stream, which comes from outside, for who reads the metrics in a terminal. */
    private final String label;

    private final List<Meter.Id> meters = new CopyOnWriteArrayList<>();
    private final Counter received;
    private final Counter emitted;
    private final Timer latency;
    private final Rate rate = new Rate();
    private final RecentLatencies recent = new RecentLatencies();
    private volatile long held;
    private volatile long lagMillis;
    private volatile int level;
    private volatile int partition = NOWHERE;
    private final Map<String, Long> dead = new ConcurrentSkipListMap<>();
    private final Map<String, Long> dropped = new ConcurrentSkipListMap<>();
    private volatile boolean ended;
    private volatile String input = "";
    private volatile String output = "";
    private volatile long lastReadNanos = System.nanoTime();

    StreamFigures(MeterRegistry registry, String stream) {
        this.registry = registry;
        this.stream = stream;
        this.label = StreamIds.readable(stream);
        this.received = counter("kinolift.frames.received", "Frames read, usable or not; ends of streams are none");
        this.emitted = counter("kinolift.frames.emitted", "Output frames");
        this.latency = Timer.builder("kinolift.latency")
                .description("Capture of an input frame to its output")
                .tag("stream", label)
                .serviceLevelObjectives(LATENCY_BUCKETS)
                .register(registry);
        meters.add(latency.getId());
        gauge("kinolift.fps", "Output frames per second", figures -> figures.rate.perSecond(System.nanoTime()));
        gauge("kinolift.lag.frames", "Frames read but not settled by a window", figures -> figures.held);
        gauge("kinolift.level", "Levels below the plan that the last window was made at", figures -> figures.level);
        gauge("kinolift.lag.seconds", "Age of the last record when it was read", figures -> figures.lagMillis / 1e3);
    }

    private Counter counter(String name, String description, String... tags) {
        Counter counter = Counter.builder(name)
                .description(description)
                .tag("stream", label)
                .tags(tags)
                .register(registry);
        if (!meters.contains(counter.getId())) {
            meters.add(counter.getId());
        }
        return counter;
    }

    private void gauge(String name, String description, java.util.function.ToDoubleFunction<StreamFigures> value) {
        meters.add(Gauge.builder(name, this, value)
                .description(description)
                .tag("stream", label)
                .register(registry)
                .getId());
    }

    String stream() {
        return stream;
    }

    void read(long lag) {
        lagMillis = lag;
        ended = false;
        lastReadNanos = System.nanoTime();
    }

    void received() {
        received.increment();
    }

    void partition(int number) {
        partition = number;
    }

    int partition() {
        return partition;
    }

    void held(long frames) {
        held = frames;
    }

    void saw(EncodedFrame frame) {
        input = frame.format().toString();
    }

    /**
     * A window was cut.
     *
     * @return the level of the window before
     */
    int level(int now) {
        int before = level;
        level = now;
        return before;
    }

    void emitted(EncodedFrame frame, long nowMillis) {
        emitted.increment();
        if (frame.level() > 0) {
            counter(
                            "kinolift.frames.degraded",
                            "Output frames made below the plan, to keep up",
                            "level",
                            Integer.toString(frame.level()))
                    .increment();
        }
        rate.add(System.nanoTime());
        output = frame.format().toString();
        if (frame.captureMicros() > 0) {
            long millis = Math.max(0, nowMillis - frame.captureMicros() / 1000);
            latency.record(millis, TimeUnit.MILLISECONDS);
            recent.add(millis);
        }
    }

    /**
     * Counts a dead letter.
     *
     * @return how many there are now
     */
    long dead(StreamEvent.FrameRejected rejected) {
        String reason = rejected.rejection().reason().name();
        counter("kinolift.frames.dead", "Dead letters", "reason", reason).increment();
        dead.merge(reason, 1L, Long::sum);
        return sum(dead);
    }

    void dropped(StreamEvent.FrameDropped event) {
        String policy = event.policy().name();
        counter("kinolift.frames.dropped", "Frames dropped by a named policy", "policy", policy)
                .increment();
        dropped.merge(policy, 1L, Long::sum);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    void end() {
        ended = true;
        held = 0;
    }

    boolean hasEnded() {
        return ended;
    }

    long lastReadNanos() {
        return lastReadNanos;
    }

    LagLog.Reading reading() {
        return new LagLog.Reading(stream, lastReadNanos, (long) received.count(), lagMillis, ended);
    }

    StreamSummary summary() {
        return new StreamSummary(
                stream,
                input,
                output,
                (long) received.count(),
                (long) emitted.count(),
                sum(dead),
                Map.copyOf(dead),
                sum(dropped),
                Map.copyOf(dropped),
                held,
                rate.perSecond(System.nanoTime()),
                lagMillis,
                recent.quantile(0.5),
                recent.quantile(0.95),
                level,
                ended);
    }

    /** Takes the stream's metrics out of the registry. */
    void remove() {
        meters.forEach(registry::remove);
    }
}
