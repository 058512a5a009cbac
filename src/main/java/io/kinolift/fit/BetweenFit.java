package io.kinolift.fit;

import java.util.Arrays;
import java.util.List;

/**
 * A kernel for outputs between inputs. A kernel that sharpens still pictures also sharpens the ghosts of moving ones.
 * The kernel with the least mean error therefore makes some clips worse than FFmpeg's bicubic filter, and the mean
 * hides it. This fit maximises the smallest gain over bicubic among all clips: in each round, clips that gain less than
 * the mean get more weight, and the best round counts.
 */
final class BetweenFit {
    /** After these the least gain grows by no more than hundredths of a decibel. */
    private static final int ROUNDS = 200;
    /** How strongly a decibel changes a weight, in the first round. */
    private static final double FIRST_STEP = 3;
    /** Rounds after which that has halved. */
    private static final double PATIENCE = 20;

    private BetweenFit() {}

    /** @param clips at least one of them with statistics */
    static double[] solve(List<Statistics> clips, double ridge) {
        List<Statistics> told = clips.stream().filter(clip -> clip.count > 0).toList();
        double[] bicubic = bicubic(told.getFirst().grid());
        double[] bicubicErrors =
                told.stream().mapToDouble(clip -> error(clip, bicubic)).toArray();
        double[] weights = Arrays.stream(bicubicErrors).map(error -> 1 / error).toArray();
        double[] best = null;
        double bestGain = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            double[] kernel = NormalEquations.of(told, weights).solve(ridge);
            double[] gains = new double[weights.length];
            Arrays.setAll(gains, i -> 10 * StrictMath.log10(bicubicErrors[i] / error(told.get(i), kernel)));
            double least = Arrays.stream(gains).min().orElseThrow();
            if (least > bestGain) {
                bestGain = least;
                best = kernel;
            }
            double mean = Arrays.stream(gains).average().orElseThrow();
            double step = FIRST_STEP / (1 + round / PATIENCE);
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= StrictMath.exp(step * (mean - gains[i]));
            }
        }
        return best;
    }

    /** Without this, a clip that is restored to less than rounding would gain without bound. */
    private static double error(Statistics clip, double[] kernel) {
        return NormalEquations.error(clip, kernel) + SpatialFit.ROUNDING_ERROR;
    }

    /** FFmpeg's {@code bicubic} with its usual parameters (B 0, C 0.6), on half-pixel grids. */
    static double[] bicubic(PhaseGrid grid) {
        double[] axis = new double[grid.kernel()];
        double centre = (grid.kernel() - 1) / 2.0;
        Arrays.setAll(axis, tap -> cubic(Math.abs(tap - centre) / grid.factor()));
        double[] kernel = new double[axis.length * axis.length];
        Arrays.setAll(kernel, i -> axis[i / axis.length] * axis[i % axis.length]);
        return kernel;
    }

    private static double cubic(double x) {
        if (x < 1) {
            return (1.4 * x - 2.4) * x * x + 1;
        }
        return x < 2 ? ((-0.6 * x + 3) * x - 4.8) * x + 2.4 : 0;
    }
}
