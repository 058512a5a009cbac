package io.kinolift.upscale;

import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.RangeLimit;

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
     * The same operator, whose luma stays near the range of the 3x3 inputs around, see {@link RangeLimit}.
     *
     * @param operator one that makes its outputs by rows
     * @param overshoot by which share of the range luma may leave it, 0 to 1
     * @throws IllegalArgumentException if it is not
     */
    public static Operator limited(Operator operator, double overshoot) {
        return new LimitedOperator(operator, overshoot, Kernels.range());
    }

    public static Operator network(NetworkUpsampling settings) {
        return new NetworkOperator(settings, Kernels.convTranspose(), Kernels.interpolation());
    }
}
