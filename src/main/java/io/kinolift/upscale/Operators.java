package io.kinolift.upscale;

import io.kinolift.kernel.Kernels;

/** Makes operators. */
public final class Operators {
    private Operators() {}

    public static Operator interpolation(Interpolation settings) {
        return new InterpolationOperator(settings, Kernels.interpolation());
    }

    public static Operator convTranspose(TransposedConvolution settings) {
        return new ConvTransposeOperator(settings, Kernels.convTranspose(), Kernels.interpolation());
    }

    /** Factor 2 in height and width, by a filter for what is around each sample of luma. */
    public static Operator adaptive(FilterBank bank) {
        return new AdaptiveOperator(bank, Kernels.adaptive(), Kernels.convTranspose(), Kernels.interpolation());
    }

    public static Operator network(NetworkUpsampling settings) {
        return new NetworkOperator(settings, Kernels.convTranspose(), Kernels.interpolation());
    }
}
