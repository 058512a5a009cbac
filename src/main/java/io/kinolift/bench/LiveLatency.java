package io.kinolift.bench;

import io.kinolift.settings.OperatorSettings;
import io.kinolift.settings.ProcessSettings;
import io.kinolift.settings.WindowingSettings;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** A camera that sends frames in real time. Each output is timed from the capture of its first input to its arrival. */
public final class LiveLatency {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 540;
    private static final String STREAM = "camera";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Milliseconds from capture to arrival at which a camera counts as followed. */
    private static final double PROMPT = 150;

    private final PipelineInputs.Source source;
    private final Duration warmUp;

    /**
     * @param source of the pictures, repeated for as long as it takes
     * @param warmUp how long to film before the measurement
     */
    public LiveLatency(PipelineInputs.Source source, Duration warmUp) {
        this.source = source;
        this.warmUp = warmUp;
    }

    /**
     * Results in milliseconds, after a warm-up.
     *
     * @param behind seconds of camera time, warm-up included, until outputs first came within 150 ms. A new process is
     *     still being compiled, and must catch up with the frames that came meanwhile
     * @param early median of the first tenth
     * @param late median of the last tenth: a lag that grows shows here
     */
    public record Result(
            String guarantee,
            int outputs,
            double p50,
            double p99,
            double most,
            double behind,
            double early,
            double late) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s: %d outputs, p50 %.0f ms, p99 %.0f ms, most %.0f ms; median of the first tenth %.0f ms, of the "
                            + "last %.0f ms; %.0f s after it began no longer behind",
                    guarantee,
                    outputs,
                    p50,
                    p99,
                    most,
                    early,
                    late,
                    behind);
        }
    }

    /** 540p at 30 frames per second to 1080p at 60, window 1, for so long. */
    public Result run(String guarantee, Duration duration) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>();
        settings.put(OperatorSettings.SCALE_FACTOR.name(), "2,2,2");
        settings.put(WindowingSettings.WINDOW_SIZE.name(), "1");
        settings.put(ProcessSettings.START_CHECK.name(), "off");
        Map<String, String> live = Map.of(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "10",
                ProducerConfig.LINGER_MS_CONFIG, "0",
                StreamsConfig.POLL_MS_CONFIG, "5");
        long frames = (warmUp.toSeconds() + duration.toSeconds()) * PipelineInputs.RATE;
        try (PipelineInputs inputs = PipelineInputs.make(source, WIDTH, HEIGHT);
                PipelineHost host = new PipelineHost(settings, live)) {
            Thread camera = Thread.ofPlatform().daemon().start(new Camera(host, STREAM, inputs, WIDTH, HEIGHT, frames));
            double[] latencies;
            try {
                latencies = receive(host, frames);
            } finally {
                camera.interrupt();
                camera.join();
            }
            return result(guarantee, latencies);
        }
    }

    private static double[] receive(PipelineHost host, long frames) {
        double[] latencies = new double[Math.toIntExact(2 * frames)];
        int received = 0;
        long deadline = System.nanoTime() + PATIENCE.multipliedBy(3).toNanos();
        while (received < latencies.length && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : host.poll(Duration.ofMillis(100))) {
                long now = System.currentTimeMillis();
                if (received < latencies.length) {
                    latencies[received++] = now - captureMicros(record.value()) / 1000.0;
                }
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
        }
        if (received < latencies.length) {
            throw new IllegalStateException(
                    "expected " + latencies.length + " outputs, found " + received + " and no more for " + PATIENCE);
        }
        return latencies;
    }

    private static long captureMicros(byte[] record) {
        try {
            return FrameRecords.read(record).captureMicros();
        } catch (MalformedRecordException e) {
            throw new IllegalStateException(e);
        }
    }

    private Result result(String guarantee, double[] all) {
        int warm = Math.toIntExact(2 * warmUp.toSeconds() * PipelineInputs.RATE);
        if (all.length <= warm) {
            throw new IllegalStateException("expected outputs after the warm-up of " + warmUp + ", found none");
        }
        double[] latencies = Arrays.copyOfRange(all, warm, all.length);
        int tenth = Math.max(1, latencies.length / 10);
        double early = Race.median(Arrays.copyOf(latencies, tenth));
        double late = Race.median(Arrays.copyOfRange(latencies, latencies.length - tenth, latencies.length));
        double[] sorted = latencies.clone();
        Arrays.sort(sorted);
        return new Result(
                guarantee,
                sorted.length,
                Race.median(sorted),
                sorted[(int) Math.ceil(0.99 * sorted.length) - 1],
                sorted[sorted.length - 1],
                behind(all),
                early,
                late);
    }

    /** Seconds before the first one whose outputs are prompt by their median; all seconds if there is none. */
    private static double behind(double[] latencies) {
        int second = 2 * PipelineInputs.RATE;
        int seconds = 0;
        while ((seconds + 1) * second <= latencies.length
                && Race.median(Arrays.copyOfRange(latencies, seconds * second, (seconds + 1) * second)) > PROMPT) {
            seconds++;
        }
        return seconds;
    }
}
