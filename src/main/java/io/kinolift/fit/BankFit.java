package io.kinolift.fit;

import io.kinolift.upscale.adapt.GradientClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A kernel for every class of samples. Rare classes are drawn towards the common kernel, because the ridge is on the
 * difference from it.
 */
record BankFit(SpatialFit single, double[][] kernels, List<SpatialFit.Score> scores) {
    /**
     * In squared sample steps, relative to the products of all samples. Over twelve clips, each left out in turn, a
     * third of this ridge gains 0.01 dB more in the mean and loses 0.03 dB on the worst clip.
     */
    static final double RIDGE = 0.003;

    /** Fits on all frames; scores are as {@link SpatialFit#scores}. */
    static BankFit of(List<ClassStatistics> clips) {
        BankFit fit = withoutScores(clips);
        return new BankFit(fit.single, fit.kernels, scores(clips, fit.single.ridge()));
    }

    static BankFit withoutScores(List<ClassStatistics> clips) {
        SpatialFit single = SpatialFit.of(
                clips.stream().map(ClassStatistics::withoutClasses).toList());
        return new BankFit(
                single, solve(clips.stream().map(ClassStatistics::all).toList(), single.ridge()), List.of());
    }

    /** @param ridge of the common kernel */
    static double[][] solve(List<Statistics[]> clips, double ridge) {
        List<Statistics> totals = clips.stream().map(ClassStatistics::total).toList();
        double[] weights = SpatialFit.clipWeights(totals, ridge);
        double[] single = NormalEquations.of(totals, weights).solve(ridge);
        double[][] kernels = new double[GradientClasses.COUNT][];
        Arrays.setAll(
                kernels, of -> NormalEquations.of(clips, totals, weights, of).solveTowards(single, RIDGE));
        return kernels;
    }

    private static List<SpatialFit.Score> scores(List<ClassStatistics> clips, double ridge) {
        List<SpatialFit.Score> scores = new ArrayList<>();
        for (int i = 0; i < clips.size(); i++) {
            int judged = i;
            ClassStatistics clip = clips.get(i);
            List<Statistics[]> others = IntStream.range(0, clips.size())
                    .filter(j -> clips.size() == 1 || j != judged)
                    .mapToObj(j -> clips.get(j).fitted())
                    .toList();
            Statistics heldOut = ClassStatistics.total(clip.heldOut());
            boolean judges = heldOut.count > 0;
            scores.add(new SpatialFit.Score(
                    clip.hash(),
                    clip.fitted()[0].frames + clip.heldOut()[0].frames,
                    judges ? SpatialFit.psnr(error(clip.heldOut(), solve(others, ridge))) : Double.NaN,
                    judges
                            ? SpatialFit.psnr(NormalEquations.error(heldOut, SpatialFit.bilinear(heldOut.grid())))
                            : Double.NaN));
        }
        return scores;
    }

    /** Mean squared error, as {@link NormalEquations#error}. */
    static double error(Statistics[] clip, double[][] kernels) {
        double sum = 0;
        long count = 0;
        for (int of = 0; of < clip.length; of++) {
            if (clip[of].count > 0) {
                sum += NormalEquations.error(clip[of], kernels[of]) * clip[of].count;
                count += clip[of].count;
            }
        }
        return sum / count;
    }
}
