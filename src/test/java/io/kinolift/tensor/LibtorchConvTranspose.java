package io.kinolift.tensor;

/** libtorch's transposed convolution for tests of other packages, with the border that it lacks. */
public final class LibtorchConvTranspose {
    private LibtorchConvTranspose() {}

    /** Skips the calling test, by name, where libtorch cannot be loaded or computes wrong transposed convolutions. */
    public static void assumeRight() {
        Libtorch.assumeConvTransposeIsRight();
    }

    /**
     * Applies libtorch's layer.
     *
     * @param input (1, channels, depth, height, width)
     * @param bias may be null
     * @param edge whether the input goes on outside with its edge, rather than with zeros
     */
    public static Tensor apply(
            Tensor input,
            Tensor weight,
            Tensor bias,
            int[] stride,
            int[] padding,
            int[] outputPadding,
            int groups,
            int[] dilation,
            boolean edge) {
        if (!edge) {
            return Libtorch.convTranspose(
                    input,
                    weight,
                    bias,
                    Shapes.asLongs(stride),
                    Shapes.asLongs(padding),
                    Shapes.asLongs(outputPadding),
                    groups,
                    Shapes.asLongs(dilation));
        }
        int[] halo = new int[3];
        int[] size = new int[3];
        int[] crop = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int reach = dilation[axis] * (weight.size(axis + 2) - 1);
            halo[axis] = reach / stride[axis] + 1 + outputPadding[axis];
            size[axis] =
                    (input.size(axis + 2) - 1) * stride[axis] - 2 * padding[axis] + reach + 1 + outputPadding[axis];
            crop[axis] = halo[axis] * stride[axis] + padding[axis];
        }
        Tensor whole = Libtorch.convTranspose(
                extended(input, halo),
                weight,
                bias,
                Shapes.asLongs(stride),
                new long[3],
                new long[3],
                groups,
                Shapes.asLongs(dilation));
        return cut(whole, crop, size);
    }

    private static Tensor extended(Tensor input, int[] halo) {
        int[] shape = input.shape().clone();
        int[] from = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            shape[axis + 2] += 2 * halo[axis];
            from[axis] = -halo[axis];
        }
        return sampled(input, from, shape);
    }

    private static Tensor cut(Tensor whole, int[] from, int[] size) {
        return sampled(whole, from, 1, whole.size(1), size[0], size[1], size[2]);
    }

    /** From an origin on; indices outside are clamped. */
    private static Tensor sampled(Tensor input, int[] from, int... shape) {
        Tensor result = Tensor.zeros(shape);
        int at = 0;
        for (int c = 0; c < shape[1]; c++) {
            for (int d = 0; d < shape[2]; d++) {
                for (int h = 0; h < shape[3]; h++) {
                    for (int w = 0; w < shape[4]; w++) {
                        result.data()[at++] = input.get(
                                0,
                                c,
                                Math.clamp(d + (long) from[0], 0, input.size(2) - 1),
                                Math.clamp(h + (long) from[1], 0, input.size(3) - 1),
                                Math.clamp(w + (long) from[2], 0, input.size(4) - 1));
                    }
                }
            }
        }
        return result;
    }
}
