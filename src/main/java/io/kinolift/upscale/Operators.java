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

    /**
     * The same operator, whose luma leaves the range of the 3x3 inputs around by no more than a share of that range.
     *
     * @param overshoot 0 to 1
     * @throws IllegalArgumentException if it is not
     */
    public static Operator limited(Operator operator, double overshoot) {
        return new LimitedOperator(operator, overshoot);
    }

    public static Operator network(NetworkUpsampling settings) {
        return new NetworkOperator(settings, Kernels.convTranspose(), Kernels.interpolation());
    }
}
