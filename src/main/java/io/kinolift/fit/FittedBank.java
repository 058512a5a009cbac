package io.kinolift.fit;

import io.kinolift.tensor.Tensor;
import io.kinolift.upscale.adapt.FilterBank;
import io.kinolift.upscale.adapt.GradientClasses;
import io.kinolift.weights.AdaptiveWeights;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A learned bank of kernels and where it comes from. */
public final class FittedBank {
    private final FitSettings settings;
    private final BankFit fit;

    FittedBank(FitSettings settings, BankFit fit) {
        this.settings = settings;
        this.fit = fit;
    }

    /** The content of the file, with its provenance. The same footage and settings give the same content. */
    public AdaptiveWeights weights() {
        int area = FilterBank.KERNEL * FilterBank.KERNEL;
        Tensor bank = Tensor.zeros(GradientClasses.COUNT, FilterBank.KERNEL, FilterBank.KERNEL);
        for (int i = 0; i < bank.count(); i++) {
            bank.data()[i] = (float) fit.kernels()[i / area][i % area];
        }
        Map<String, String> metadata = new TreeMap<>(new FittedWeights(
                        settings, fit.single(), new double[][] {fit.single().kernel()}, fit.scores())
                .metadata());
        metadata.put("ridge", fit.single().ridge() + ", " + BankFit.RIDGE + " on what a class differs by");
        return new AdaptiveWeights(GradientClasses.NAME, bank, metadata);
    }

    /** PSNR in dB on held-out frames of clips that were not fitted, averaged over clips; NaN if there are none. */
    public double heldOutPsnr() {
        return SpatialFit.mean(scores(), SpatialFit.Score::psnr);
    }

    /** The same for bilinear interpolation. */
    public double bilinearPsnr() {
        return SpatialFit.mean(scores(), SpatialFit.Score::bilinearPsnr);
    }

    private List<SpatialFit.Score> scores() {
        return fit.scores();
    }
}
