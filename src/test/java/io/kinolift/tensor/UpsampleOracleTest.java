package io.kinolift.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every mode of interpolation against libtorch on random parameters, legal and illegal. */
class UpsampleOracleTest {
    @BeforeAll
    static void loadLibtorch() {
        Libtorch.assumeAvailable();
    }

    @Test
    void agreesWithLibtorch() {
        Duel duel = new Duel("Upsample", 1e-5);
        int target = Duel.cases(45);
        for (long seed = 1; duel.legal() < target; seed++) {
            run(duel, seed);
        }
        duel.report();
        assertThat(duel.refused()).isGreaterThan(duel.legal() / 20);
    }

    private static void run(Duel duel, long seed) {
        Draw draw = new Draw(seed);
        InterpolationMode mode = draw.oneOf(InterpolationMode.values());
        int dimensions = mode.spatialDimensions() == 0 ? draw.between(1, 3) : mode.spatialDimensions();
        if (draw.chance(0.03)) {
            dimensions = draw.between(1, 3);
        }
        // Pictures beyond 128 samples of height plus width take another path in libtorch.
        boolean large = dimensions < 3 && draw.chance(0.05);
        int largestOutput = large ? 130 : 28;
        Tensor input = draw.tensor(draw.signalShape(dimensions, large ? 90 : 20));
        int[] spatial = Arrays.copyOfRange(input.shape(), 2, dimensions + 2);
        boolean bySize = draw.chance(0.4);
        int[] size = bySize ? draw.each(dimensions, draw.chance(0.05) ? -1 : 1, largestOutput) : null;
        double[] scale = bySize && !draw.chance(0.02) ? null : scales(draw, spatial, largestOutput);
        if (draw.chance(0.02)) {
            size = null;
            scale = null;
        }
        Boolean alignCorners = alignCorners(draw, mode);
        Boolean recompute = size == null ? draw.oneOf(null, true, false) : null;
        long[] longSize = size == null ? null : Shapes.asLongs(size);
        double[] finalScale = scale;
        int[] finalSize = size;
        duel.fight(
                () -> ours(mode, finalSize, finalScale, alignCorners, recompute).apply(input),
                () -> Libtorch.interpolate(input, mode, longSize, finalScale, alignCorners, recompute),
                () -> Duel.largestMagnitude(input),
                Duel.text("seed", seed, mode, input, "size", size, "scale", scale, alignCorners, recompute));
    }

    private static double[] scales(Draw draw, int[] spatial, int largestOutput) {
        double[] scales = new double[spatial.length];
        for (int d = 0; d < scales.length; d++) {
            double largest = (largestOutput + 0.9) / spatial[d];
            double scale = switch (draw.between(0, 4)) {
                case 0 -> draw.between(1, 4);
                case 1 -> draw.between(1, 12) / (double) draw.between(1, 6);
                case 2 -> draw.between(0.05, 4);
                case 3 -> draw.between(1, largestOutput) / (double) spatial[d];
                default -> draw.oneOf(1.15, 1.01, 2.5, 1.0 / 3, 0.7, 1.5);
            };
            scales[d] = draw.chance(0.01) ? -scale : Math.min(scale, largest);
        }
        return scales;
    }

    /** Not drawn for nearest-exact, where Python and we refuse it and the C++ front end forgets to. */
    private static Boolean alignCorners(Draw draw, InterpolationMode mode) {
        if (mode == InterpolationMode.NEAREST_EXACT) {
            return null;
        }
        return (mode.cornersCanBeAligned() || draw.chance(0.03)) ? draw.oneOf(null, true, false) : null;
    }

    private static Upsample ours(
            InterpolationMode mode, int[] size, double[] scale, Boolean alignCorners, Boolean recompute) {
        Upsample.Builder builder = Upsample.builder().mode(mode);
        if (size != null) {
            builder.size(size);
        }
        if (scale != null) {
            builder.scaleFactor(scale);
        }
        if (alignCorners != null) {
            builder.alignCorners(alignCorners);
        }
        if (recompute != null) {
            builder.recomputeScaleFactor(recompute);
        }
        return builder.build();
    }
}
