package io.kinolift.metrics;

import io.kinolift.topology.StreamEvent;
import io.kinolift.trace.Probe;
import io.kinolift.window.FrameWindow;
import io.kinolift.wire.StreamActivity;
import io.kinolift.wire.StreamIds;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Counts the events of the probe, per stream as long as there is a place for it. */
public final class Figures implements Probe<StreamEvent> {
    /** Stands for all streams without a place of their own. */
    public static final String OTHER = "other";

    private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

    private final MeterRegistry registry;
    private final int maxStreams;
    private final int windowSize;
    private final DistributionSummary fill;
    private final Map<String, StreamFigures> streams = new LinkedHashMap<>();
    private final DropLog drops = new DropLog();
    private final LagLog lags = new LagLog();
    private final Map<Integer, AtomicInteger> open = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicInteger> away = new ConcurrentHashMap<>();
    private volatile long lastReadNanos = System.nanoTime();

    /** @param windowSize core frames of a full window */
    public Figures(MeterRegistry registry, int maxStreams, int windowSize) {
        this.registry = registry;
        this.maxStreams = maxStreams;
        this.windowSize = windowSize;
        this.fill = DistributionSummary.builder("kinolift.window.fill.ratio")
                .description("Core frames of a window over kinolift.window.size")
                .serviceLevelObjectives(0.125, 0.25, 0.5, 0.75, 1.0)
                .register(registry);
    }

    @Override
    public void read(String streamId, long recordMillis) {
        lastReadNanos = System.nanoTime();
        of(streamId).read(Math.max(0, System.currentTimeMillis() - recordMillis));
    }

    @Override
    public void received(String streamId) {
        of(streamId).received();
    }

    @Override
    public void told(StreamEvent event) {
        String streamId = event.tally().streamId();
        if (event instanceof StreamEvent.StreamExpired && !has(streamId)) {
            // It ended before this process began, or gave its place to another: it needs none now.
            return;
        }
        StreamFigures figures = of(streamId);
        figures.held(event.tally().held());
        switch (event) {
            case StreamEvent.WindowReady ready -> {
                // Records that are no frames make no open stream.
                figures.partition(ready.tally().partition());
                filled(figures, ready.window());
            }
            case StreamEvent.FrameUpscaled upscaled ->
                figures.emitted(upscaled.output().frame(), System.currentTimeMillis());
            case StreamEvent.FrameRejected rejected -> log(streamId, rejected, figures.dead(rejected));
            case StreamEvent.FrameDropped dropped -> drop(figures, dropped);
            case StreamEvent.StreamEnded ended -> end(streamId, figures, ended);
            default -> {}
        }
    }

    private void filled(StreamFigures figures, FrameWindow window) {
        figures.saw(window.frame(window.firstIndex()));
        int before = figures.level(window.level());
        if ((before == 0) != (window.level() == 0)) {
            logLevel(window, before);
        }
        fill.record((double) (window.coreTo() - window.coreFrom()) / windowSize);
    }

    /** Only whether it follows its plan: in between, levels may change every few seconds. */
    private static void logLevel(FrameWindow window, int before) {
        try (MDC.MDCCloseable _ = MDC.putCloseable("stream", window.streamId())) {
            if (before == 0) {
                LOG.warn(
                        "stream {} is later than kinolift.latency.budget.ms: it leaves its plan, for level {}",
                        StreamIds.readable(window.streamId()),
                        window.level());
            } else {
                LOG.info("stream {} keeps up and follows its plan again", StreamIds.readable(window.streamId()));
            }
        }
    }

    private void drop(StreamFigures figures, StreamEvent.FrameDropped dropped) {
        figures.partition(dropped.tally().partition());
        figures.dropped(dropped);
        drops.dropped(figures.stream(), dropped.tally().session(), dropped.policy(), System.nanoTime());
    }

    /** Writes the lines of the log that are due. To be called every second or so, and with {@code all} before the end. */
    void tellDrops(boolean all) {
        drops.tell(System.nanoTime(), all);
    }

    /**
     * Says which streams fall behind, and which have caught up. To be called every {@link LagLog#PERIOD}.
     *
     * @param nothingWaits whether this process has read all that there is
     */
    void tellLags(boolean nothingWaits) {
        List<LagLog.Reading> readings;
        synchronized (this) {
            // Those without a place of their own have no age in common.
            readings = streams.values().stream()
                    .filter(figures -> !figures.stream().equals(OTHER))
                    .map(StreamFigures::reading)
                    .toList();
        }
        lags.tell(readings, nothingWaits);
    }

    /** Logs the first, the tenth, the hundredth and so on, so that a bad stream does not fill the disk. */
    private static void log(String streamId, StreamEvent.FrameRejected rejected, long count) {
        long power = (long) Math.pow(10, Math.floor(Math.log10((double) count)));
        if (count == power) {
            try (MDC.MDCCloseable _ = MDC.putCloseable("stream", streamId)) {
                LOG.warn(
                        "dead letter {} of stream {}: {} at {}-{} offset {}: {}",
                        count,
                        streamId,
                        rejected.rejection().reason(),
                        rejected.rejection().topic(),
                        rejected.rejection().partition(),
                        rejected.rejection().offset(),
                        rejected.rejection().detail());
            }
        }
    }

    private static void end(String streamId, StreamFigures figures, StreamEvent.StreamEnded ended) {
        figures.end();
        try (MDC.MDCCloseable _ = MDC.putCloseable("stream", streamId)) {
            LOG.info(
                    "stream {} ended: {} frames received in session {}",
                    streamId,
                    ended.tally().received(),
                    ended.tally().session());
        }
    }

    @Override
    public void open(int partition, int streams) {
        gauge(open, partition, "kinolift.open.streams", "Streams of a partition that hold frames")
                .set(streams);
    }

    @Override
    public void away(int partition, int windows) {
        gauge(
                        away,
                        partition,
                        "kinolift.windows.away",
                        "Windows of a partition that are on their way, and all that waits for them")
                .set(windows);
    }

    private AtomicInteger gauge(Map<Integer, AtomicInteger> counts, int partition, String name, String description) {
        return counts.computeIfAbsent(partition, number -> {
            AtomicInteger count = new AtomicInteger();
            Gauge.builder(name, count, AtomicInteger::get)
                    .description(description)
                    .tag("partition", Integer.toString(number))
                    .register(registry);
            return count;
        });
    }

    private synchronized boolean has(String streamId) {
        return streams.containsKey(streamId);
    }

    private synchronized StreamFigures of(String streamId) {
        StreamFigures own = streams.get(streamId);
        if (own != null) {
            return own;
        }
        if (streams.size() >= maxStreams && !makeRoom()) {
            return streams.computeIfAbsent(OTHER, other -> new StreamFigures(registry, other));
        }
        return streams.computeIfAbsent(streamId, id -> new StreamFigures(registry, id));
    }

    /** Takes the place of the stream that ended longest ago. */
    private boolean makeRoom() {
        Optional<String> oldest = streams.entrySet().stream()
                .filter(entry -> entry.getValue().hasEnded())
                .filter(entry -> !entry.getKey().equals(OTHER))
                .min(Comparator.comparingLong(entry -> entry.getValue().lastReadNanos()))
                .map(Map.Entry::getKey);
        oldest.ifPresent(id -> streams.remove(id).remove());
        return oldest.isPresent();
    }

    /** In the order in which they were first seen. */
    public synchronized List<StreamSummary> summaries() {
        return streams.values().stream().map(StreamFigures::summary).toList();
    }

    /**
     * How many streams each partition of the input has that have not ended, and of which a frame was read within a day.
     * Nothing, if not every stream has figures of its own.
     */
    public synchronized Map<Integer, Integer> openStreams() {
        Map<Integer, Integer> counts = new TreeMap<>();
        if (!streams.containsKey(OTHER)) {
            long now = System.nanoTime();
            streams.values().stream()
                    .filter(figures -> !figures.hasEnded() && figures.partition() != StreamFigures.NOWHERE)
                    .filter(figures -> now - figures.lastReadNanos() < StreamActivity.LONGEST_SILENCE.toNanos())
                    .forEach(figures -> counts.merge(figures.partition(), 1, Integer::sum));
        }
        return counts;
    }

    /** The ids of streams that have figures of their own, in the order in which they were first seen. */
    public synchronized Set<String> streams() {
        Set<String> ids = new LinkedHashSet<>(streams.keySet());
        ids.remove(OTHER);
        return ids;
    }

    /** When a record was last read, by {@link System#nanoTime}; at first, when this was made. */
    public long lastReadNanos() {
        return lastReadNanos;
    }
}
