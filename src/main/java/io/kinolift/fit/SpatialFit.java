package io.kinolift.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A kernel from the statistics of clips.
 *
 * <p>Every clip weighs the same in decibels. A first fit weighs the errors of all clips alike; then each clip's errors
 * are divided by those that the first fit left in it. So neither a long clip nor a noisy one dominates.
 *
 * @param kernel row by row
 * @param ridge in squared sample steps
 */
record SpatialFit(PhaseGrid grid, double[] kernel, double ridge) {
    /** The ridges to try, in squared sample steps: from almost nothing to a standard deviation of three steps. */
    static final double[] RIDGES = {0.001, 0.01, 0.1, 1, 10};

    /** Mean squared error of rounding. */
    static final double ROUNDING_ERROR = 1 / 12.0;

    /** The score of a kernel on held-out frames of one clip; NaN if it was too short to have some. */
    record Score(String hash, long frames, double psnr, double bilinearPsnr) {}

    /**
     * Chooses the ridge by held-out frames, then fits on all. With several clips, each clip's held-out frames judge
     * weights that were fitted on the other clips, so only unseen footage counts.
     */
    static SpatialFit of(List<ClipStatistics> clips) {
        double ridge = RIDGES[0];
        double best = Double.NEGATIVE_INFINITY;
        for (double candidate : RIDGES) {
            double mean = mean(scores(clips, candidate), Score::psnr);
            if (mean > best) {
                best = mean;
                ridge = candidate;
            }
        }
        List<Statistics> all = clips.stream().map(ClipStatistics::all).toList();
        return new SpatialFit(all.getFirst().grid(), solve(all, ridge), ridge);
    }

    /** On the held-out frames of each clip, of weights fitted on the others; a lone clip's on its other frames. */
    static List<Score> scores(List<ClipStatistics> clips, double ridge) {
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < clips.size(); i++) {
            int judged = i;
            ClipStatistics clip = clips.get(i);
            List<Statistics> others = IntStream.range(0, clips.size())
                    .filter(j -> clips.size() == 1 || j != judged)
                    .mapToObj(j -> clips.get(j).fitted())
                    .toList();
            scores.add(new Score(
                    clip.hash(),
                    clip.fitted().frames + clip.heldOut().frames,
                    heldOutPsnr(clip, solve(others, ridge)),
                    heldOutPsnr(clip, bilinear(clip.heldOut().grid()))));
        }
        return scores;
    }

    private static double heldOutPsnr(ClipStatistics clip, double[] kernel) {
        return clip.heldOut().count == 0 ? Double.NaN : psnr(NormalEquations.error(clip.heldOut(), kernel));
    }

    /** NaN if there is no figure. */
    static double mean(List<Score> scores, ToDoubleFunction<Score> figure) {
        return scores.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    static double[] solve(List<Statistics> clips, double ridge) {
        return NormalEquations.of(clips, clipWeights(clips, ridge)).solve(ridge);
    }

    /** So that every clip weighs the same in decibels. */
    static double[] clipWeights(List<Statistics> clips, double ridge) {
        double[] weights = new double[clips.size()];
        Arrays.fill(weights, 1);
        double[] first = NormalEquations.of(clips, weights).solve(ridge);
        for (int i = 0; i < weights.length; i++) {
            // Without this, a clip that is restored to less than rounding would have unlimited weight.
            weights[i] = clips.get(i).count == 0
                    ? 0
                    : 1 / Math.max(NormalEquations.error(clips.get(i), first), ROUNDING_ERROR);
        }
        return weights;
    }

    /** Bilinear interpolation on half-pixel grids as a kernel. */
    static double[] bilinear(PhaseGrid grid) {
        double centre = (grid.kernel() - 1) / 2.0;
        double[] kernel = new double[grid.kernel() * grid.kernel()];
        for (int i = 0; i < kernel.length; i++) {
            int row = i / grid.kernel();
            int column = i % grid.kernel();
            kernel[i] = Math.max(0, 1 - Math.abs(row - centre) / grid.factor())
                    * Math.max(0, 1 - Math.abs(column - centre) / grid.factor());
        }
        return kernel;
    }

    static double psnr(double error) {
        return 10 * Math.log10(255 * 255 / Math.max(error, Double.MIN_NORMAL));
    }
}
