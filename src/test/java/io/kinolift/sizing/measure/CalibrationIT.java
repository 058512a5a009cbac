package io.kinolift.sizing.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.kinolift.ffmpeg.FfmpegBinary;
import io.kinolift.frame.Codec;
import io.kinolift.sizing.Figures;
import io.kinolift.sizing.Job;
import io.kinolift.sizing.VideoShape;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One load with a real broker and a real instance; in the full form all figures, and the model against two streams. Times
 * depend on what else runs, so only bytes and memory are compared here; {@code src/doc/scale.md} has the figures of a quiet
 * machine.
 */
class CalibrationIT {
    private static final Calibration.Times SHORT = new Calibration.Times(6000, 12_000, 2000, 6000);
    private static final long HEAP = 256L << 20;
    private static final int STREAMS = 2;
    private static final double RATE = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Job JOB = new Job(
            VideoShape.parse("64x48@10"),
            VideoShape.parse("128x96@20"),
            Codec.JPEG,
            Codec.H264,
            "trilinear",
            4,
            100,
            Map.of());

    private static Calibration calibration() {
        requireFfmpeg();
        return new Calibration(JOB, null, HEAP, SHORT, _ -> {});
    }

    @Test
    void aLoad_isMeasured() throws Exception {
        Calibration calibration = calibration();
        Footage footage = Footage.of(JOB, null);
        try (TestCluster cluster = new TestCluster();
                Producer<byte[], byte[]> producer = cluster.producer();
                Arrivals arrivals = new Arrivals(cluster);
                InstanceProcess instance = calibration.start(cluster, "a")) {
            try (Senders _ = Senders.paced(producer, footage, "first-", 1, RATE)) {
                Awaitility.await().atMost(PATIENCE).until(() -> arrivals.outputs() > 0);
            }
            Measured load = new Trial(cluster, instance, arrivals, producer, footage, 1000).run(STREAMS, RATE, 2000);
            assertThat(load.streams()).isEqualTo(STREAMS);
            assertThat(load.inputs()).isBetween(0.8 * STREAMS * RATE, 1.2 * STREAMS * RATE);
            assertThat(load.outputs()).isPositive();
            assertThat(load.cores())
                    .isBetween(0.0, (double) Runtime.getRuntime().availableProcessors());
            assertThat(load.bytes(name -> name.equals("kinolift.frames"))).isPositive();
            assertThat(load.bytes(name -> name.equals("kinolift.upscaled"))).isPositive();
            assertThat(load.changelog()).isPositive();
            assertThat(load.resident()).isGreaterThan(HEAP);
            assertThat(load.heap()).isBetween(1e6, (double) HEAP);
            assertThat(load.windows()).isNotEmpty();
            assertThat(load.commits()).isNotEmpty();
            assertThat(Arrays.stream(load.latencies()).min().orElseThrow()).isPositive();
        }
    }

    @Tag("endurance")
    @Test
    void figures_areMeasured_andTheModelAgreesWithMoreStreams() throws Exception {
        Calibration.Outcome outcome = calibration().run(List.of(2));
        Figures figures = outcome.figures();
        assertThat(figures.processor().cores().perInput()).isNotNegative();
        assertThat(figures.processor().commit().mean()).isBetween(1e-4, 1.0);
        assertThat(figures.memory().base()).isGreaterThan(HEAP);
        assertThat(figures.restart().same()).isBetween(0.5, 300.0);
        assertThat(figures.restart().changelogBytesPerSecond()).isPositive();
        Check check = Check.of(figures, outcome.checks().getFirst());
        // What does not depend on the clock.
        for (String name : List.of("memory", "written to brokers", "frames written", "upscaled written")) {
            Check.Row row = check.rows().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(row.error()).as("%s", row).isBetween(-0.25, 0.25);
        }
    }

    private static void requireFfmpeg() {
        try {
            FfmpegBinary.path();
        } catch (LinkageError e) {
            abort("FFmpeg's program cannot be loaded: " + e.getMessage());
        }
    }
}
