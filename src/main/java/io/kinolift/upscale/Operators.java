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

    public static Operator network(NetworkUpsampling settings) {
        return new NetworkOperator(settings, Kernels.convTranspose(), Kernels.interpolation());
    }
}
