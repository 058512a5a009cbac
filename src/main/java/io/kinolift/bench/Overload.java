package io.kinolift.bench;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.settings.LatencySettings;
import io.kinolift.settings.OperatorSettings;
import io.kinolift.settings.Presets;
import io.kinolift.settings.ProcessSettings;
import io.kinolift.settings.WindowingSettings;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * A camera in real time under the preset {@code best}, with a latency budget, while another load takes cores away for some
 * time. Each output is timed from the capture of its input to its arrival, and says its level.
 */
public final class Overload {
    private static final String STREAM = "camera";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WINDOW = 2;

    private final PipelineInputs.Source source;
    private final int width;
    private final int height;
    private final Phases phases;
    private final int busyThreads;

    /**
     * The course of a run.
     *
     * @param warmUp before anything is counted
     * @param calm before the other load
     * @param busy with the other load
     * @param after behind it
     */
    public record Phases(Duration warmUp, Duration calm, Duration busy, Duration after) {
        /** Under two minutes. */
        public static final Phases USUAL = new Phases(
                Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofSeconds(30));

        double loadBegins() {
            return calm.toMillis() / 1e3;
        }

        double loadEnds() {
            return calm.plus(busy).toMillis() / 1e3;
        }

        double ends() {
            return calm.plus(busy).plus(after).toMillis() / 1e3;
        }
    }

    /**
     * One output.
     *
     * @param captured seconds from the end of the warm-up to the capture of its input
     * @param millis from that to its arrival
     */
    public record Arrival(double captured, double millis, int level) {}

    /**
     * What came out.
     *
     * @param budgetMillis 0 for none
     */
    public record Result(long budgetMillis, Phases phases, List<Arrival> arrivals) {
        /** A line for each part of the run. */
        public List<String> lines() {
            return List.of(
                    line("before the load", 0, phases.loadBegins()),
                    line("under load", phases.loadBegins(), phases.loadEnds()),
                    line("after it", phases.loadEnds(), phases.ends()));
        }

        private String line(String part, double from, double to) {
            List<Arrival> those = between(from, to);
            Map<Integer, Long> levels =
                    those.stream().collect(Collectors.groupingBy(Arrival::level, TreeMap::new, Collectors.counting()));
            return String.format(
                    Locale.ROOT,
                    "%s: %d outputs, p50 %.0f ms, p99 %.0f ms; %s",
                    part,
                    those.size(),
                    quantile(those, 0.5),
                    quantile(those, 0.99),
                    levels.entrySet().stream()
                            .map(entry -> String.format(
                                    Locale.ROOT,
                                    "level %d %.0f %%",
                                    entry.getKey(),
                                    100.0 * (double) entry.getValue() / (double) those.size()))
                            .collect(Collectors.joining(", ")));
        }

        /** Outputs of a part of the run, in seconds behind the warm-up. */
        public List<Arrival> between(double from, double to) {
            return arrivals.stream()
                    .filter(arrival -> arrival.captured() >= from && arrival.captured() < to)
                    .toList();
        }

        /** Milliseconds that a share of the outputs stays within; 0 without outputs. */
        public static double quantile(List<Arrival> arrivals, double share) {
            double[] sorted = arrivals.stream().mapToDouble(Arrival::millis).toArray();
            Arrays.sort(sorted);
            return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
        }
    }

    /**
     * A run to be made.
     *
     * @param width of the input; outputs are twice as large, and twice as many
     * @param busyThreads of the other load
     */
    public Overload(PipelineInputs.Source source, int width, int height, Phases phases, int busyThreads) {
        this.source = source;
        this.width = width;
        this.height = height;
        this.phases = phases;
        this.busyThreads = busyThreads;
    }

    /** A run with a budget; 0 for one without. */
    public Result run(long budgetMillis) throws IOException, InterruptedException {
        return run(budgetMillis, _ -> false);
    }

    /**
     * A run that may end before its time.
     *
     * @param budgetMillis 0 for none
     * @param enough is asked with the last output of each poll
     */
    public Result run(long budgetMillis, Predicate<Arrival> enough) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>();
        settings.put(Presets.PRESET.name(), "best");
        settings.put(OperatorSettings.SCALE_FACTOR.name(), "2,2,2");
        settings.put(WindowingSettings.WINDOW_SIZE.name(), Integer.toString(WINDOW));
        settings.put(LatencySettings.LATENCY_BUDGET.name(), Long.toString(budgetMillis));
        settings.put(ProcessSettings.START_CHECK.name(), "off");
        Map<String, String> live = Map.of(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "30",
                ProducerConfig.LINGER_MS_CONFIG, "0",
                StreamsConfig.POLL_MS_CONFIG, "5");
        long frames = (long) (PipelineInputs.RATE * (phases.warmUp().toMillis() / 1e3 + phases.ends()));
        try (PipelineInputs inputs = PipelineInputs.make(source, width, height);
                PipelineHost host = new PipelineHost(settings, live)) {
            Thread camera = Thread.ofPlatform().daemon().start(new Camera(host, STREAM, inputs, width, height, frames));
            try {
                return new Result(budgetMillis, phases, receive(host, 2 * frames, enough));
            } finally {
                camera.interrupt();
                camera.join();
            }
        }
    }

    private List<Arrival> receive(PipelineHost host, long outputs, Predicate<Arrival> enough) {
        List<Arrival> arrivals = new ArrayList<>();
        long begun = System.currentTimeMillis() + phases.warmUp().toMillis();
        BusyCores load = null;
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (arrivals.size() < outputs && System.nanoTime() < deadline) {
                double passed = (System.currentTimeMillis() - begun) / 1e3;
                boolean busy = passed >= phases.loadBegins() && passed < phases.loadEnds();
                if (busy && load == null) {
                    load = new BusyCores(busyThreads);
                } else if (!busy && load != null) {
                    load.close();
                    load = null;
                }
                for (ConsumerRecord<byte[], byte[]> record : host.poll(Duration.ofMillis(20))) {
                    if (arrivals.size() < outputs) {
                        arrivals.add(arrival(record.value(), begun));
                    }
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                }
                if (!arrivals.isEmpty() && enough.test(arrivals.getLast())) {
                    return arrivals;
                }
            }
        } finally {
            if (load != null) {
                load.close();
            }
        }
        if (arrivals.size() < outputs) {
            throw new IllegalStateException(
                    "expected " + outputs + " outputs, found " + arrivals.size() + " and no more for " + PATIENCE);
        }
        return arrivals;
    }

    private static Arrival arrival(byte[] record, long begunMillis) {
        try {
            EncodedFrame frame = FrameRecords.read(record);
            double captured = frame.captureMicros() / 1e3;
            return new Arrival((captured - begunMillis) / 1e3, System.currentTimeMillis() - captured, frame.level());
        } catch (MalformedRecordException e) {
            throw new IllegalStateException(e);
        }
    }
}
