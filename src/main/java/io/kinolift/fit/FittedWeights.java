package io.kinolift.fit;

import io.kinolift.tensor.Tensor;
import io.kinolift.weights.ConvTransposeGeometry;
import io.kinolift.weights.ConvTransposeWeights;
import io.kinolift.weights.LayerFile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Learned weights and where they come from. */
public final class FittedWeights {
    /** A share of the inputs' range. A smaller one cuts off fine detail; a larger one rings more than Lanczos. */
    private static final double OVERSHOOT = 1.0 / 32;

    private final FitSettings settings;
    private final SpatialFit fit;
    private final double[][] spatial;
    private final List<SpatialFit.Score> scores;

    /** @param spatial the kernel of each phase in time */
    FittedWeights(FitSettings settings, SpatialFit fit, double[][] spatial, List<SpatialFit.Score> scores) {
        this.settings = settings;
        this.fit = fit;
        this.spatial = spatial;
        this.scores = List.copyOf(scores);
    }

    /** (1, 1, kD, k, k), without bias. */
    public ConvTransposeWeights weights() {
        double[] blend = settings.time().linearKernel();
        int kernel = fit.grid().kernel();
        Tensor weight = Tensor.zeros(1, 1, blend.length, kernel, kernel);
        for (int tap = 0; tap < blend.length; tap++) {
            double[] space = spatial[settings.time().phaseOf(tap)];
            for (int i = 0; i < space.length; i++) {
                weight.data()[tap * space.length + i] = (float) (blend[tap] * space[i]);
            }
        }
        return new ConvTransposeWeights(weight, Optional.empty());
    }

    /** Stride, padding and output padding that the weights are meant for. */
    public ConvTransposeGeometry geometry() {
        PhaseGrid grid = fit.grid();
        TimeScale time = settings.time();
        return new ConvTransposeGeometry(
                new int[] {time.factor(), grid.factor(), grid.factor()},
                new int[] {time.padding(), grid.padding(), grid.padding()},
                new int[] {time.outputPadding(), 0, 0},
                new int[] {1, 1, 1},
                1);
    }

    /** In squared sample steps, as chosen by held-out frames. */
    public double ridge() {
        return fit.ridge();
    }

    /** PSNR in dB on held-out frames of clips that were not fitted, averaged over clips; NaN if there are none. */
    public double heldOutPsnr() {
        return SpatialFit.mean(scores, SpatialFit.Score::psnr);
    }

    /** The same for bilinear interpolation. */
    public double bilinearPsnr() {
        return SpatialFit.mean(scores, SpatialFit.Score::bilinearPsnr);
    }

    /** Provenance for the file; the same footage and settings give the same words. */
    public Map<String, String> metadata() {
        ConvTransposeGeometry geometry = geometry();
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("generator", "kinolift fit");
        metadata.put("stride", list(geometry.stride()));
        metadata.put("padding", list(geometry.padding()));
        metadata.put("output_padding", list(geometry.outputPadding()));
        if (settings.time().factor() > 1) {
            metadata.put("temporal_grid", settings.time().gridName());
        }
        metadata.put(LayerFile.OVERSHOOT, Double.toString(OVERSHOOT));
        metadata.put("border", "edge");
        metadata.put("channels", "luma");
        metadata.put("degradation", settings.statisticsKey());
        metadata.put("ridge", Double.toString(fit.ridge()));
        metadata.put(
                "footage_sha256", scores.stream().map(SpatialFit.Score::hash).collect(Collectors.joining(",")));
        metadata.put("footage_frames", join(score -> Long.toString(score.frames())));
        metadata.put("held_out_psnr", join(score -> decibels(score.psnr())));
        metadata.put("held_out_psnr_bilinear", join(score -> decibels(score.bilinearPsnr())));
        return metadata;
    }

    private static String list(int... numbers) {
        return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    private String join(Function<SpatialFit.Score, String> figure) {
        return scores.stream().map(figure).collect(Collectors.joining(","));
    }

    private static String decibels(double value) {
        return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, "%.2f", value);
    }
}
