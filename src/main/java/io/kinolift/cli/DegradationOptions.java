package io.kinolift.cli;

import io.kinolift.ffmpeg.Rescaler;
import io.kinolift.fit.Degradation;
import io.kinolift.fit.FitSettings;
import io.kinolift.fit.PhaseGrid;
import io.kinolift.fit.TimeScale;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.weights.ShippedWeights;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How footage is made smaller, and the kernel that enlarges it again. */
final class DegradationOptions {
    @Option(
            names = "--scale-factor",
            paramLabel = "T,H,W",
            description = "output over input in time, height, width; integers, the last two equal (default 1,2,2)")
    private String scaleFactor = "1,2,2";

    @Option(
            names = "--temporal-grid",
            paramLabel = "GRID",
            description = "half-pixel (default), or source: input frames stay in place, new ones lie between")
    private String temporalGrid = "half-pixel";

    @Option(
            names = "--kernel",
            paramLabel = "N",
            description = "taps in height and width, of the factor's parity (default: six times the factor, 19 for 3)")
    private Integer kernel;

    @Option(
            names = "--degradation",
            paramLabel = "FILTER",
            description = "area (default) or bicubic: how footage is made smaller, by FFmpeg's scaler")
    private Rescaler.Filter filter = Rescaler.Filter.AREA;

    @Option(
            names = "--jpeg-quality",
            paramLabel = "Q",
            description = "JPEG between at FFmpeg's qscale 1 to 31, as the real input has it (default: none)")
    private int jpegQuality;

    @Option(names = "--every", paramLabel = "N", description = "use every N-th frame (default 1)")
    private int every = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads, as far as the heap has room; 0 (default) is one per core")
    private int threads;

    /** @throws UsageException if the options make no sense */
    FitSettings settings() {
        int[] factors = GeometryOptions.numbers("--scale-factor", scaleFactor, 1);
        if (factors[1] != factors[2]) {
            throw new UsageException("expected equal factors of height and width, found " + scaleFactor);
        }
        return settings(factors[0], factors[1], grid());
    }

    /** The same for the factors of weights that come with Kinolift. */
    FitSettings settings(ShippedWeights weights) {
        return settings(
                weights.time(), weights.space(), weights.sourceGrid() ? TemporalGrid.SOURCE : TemporalGrid.HALF_PIXEL);
    }

    private FitSettings settings(int time, int space, TemporalGrid timeGrid) {
        if (filter != Rescaler.Filter.AREA && filter != Rescaler.Filter.BICUBIC) {
            throw new UsageException("expected --degradation area or bicubic, found " + filter);
        }
        try {
            PhaseGrid grid = kernel == null ? PhaseGrid.usual(space) : new PhaseGrid(space, kernel);
            return new FitSettings(
                    new Degradation(filter, space, jpegQuality),
                    grid,
                    new TimeScale(time, timeGrid),
                    every,
                    threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private TemporalGrid grid() {
        return switch (temporalGrid.toLowerCase(Locale.ROOT)) {
            case "half-pixel" -> TemporalGrid.HALF_PIXEL;
            case "source" -> TemporalGrid.SOURCE;
            default -> throw new UsageException("expected --temporal-grid half-pixel or source, found " + temporalGrid);
        };
    }
}
