package io.kinolift.sizing.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.kinolift.ffmpeg.FfmpegBinary;
import io.kinolift.frame.Codec;
import io.kinolift.sizing.Figures;
import io.kinolift.sizing.Job;
import io.kinolift.sizing.VideoShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A short measurement with a real broker and a real instance, and the model against two streams. Times depend on what else
 * runs, so only bytes and memory are compared here; {@code src/doc/scale.md} has the figures of a quiet machine.
 */
class CalibrationIT {
    private static final Calibration.Times SHORT = new Calibration.Times(6000, 12_000, 2000, 6000);
    private static final long HEAP = 256L << 20;

    @Test
    void figures_areMeasured_andTheModelAgreesWithMoreStreams() throws Exception {
        requireFfmpeg();
        Job job = new Job(
                VideoShape.parse("64x48@10"),
                VideoShape.parse("128x96@20"),
                Codec.JPEG,
                Codec.H264,
                "trilinear",
                4,
                100,
                Map.of());
        Calibration.Outcome outcome = new Calibration(job, null, HEAP, SHORT, _ -> {}).run(List.of(2));
        Figures figures = outcome.figures();
        assertThat(figures.processor().cores().secondsPerInput()).isNotNegative();
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
