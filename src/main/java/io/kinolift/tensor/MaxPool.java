package io.kinolift.tensor;

/**
 * {@code torch.nn.MaxPool1d}, {@code 2d} and {@code 3d}: the largest sample under each position of a sliding window,
 * and where it was. Of equal samples the first counts; a NaN is larger than everything. Padding is minus infinity.
 *
 * <p>Input is (N, C, [[D,] H,] W), or the same without N. Per dimension the output has
 * {@code (in + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1} samples, rounded down; with {@code ceil_mode}
 * rounded up, except that no window starts in the far padding.
 */
public final class MaxPool implements TensorOperator {
    private final int dimensions;
    private final int[] kernel;
    private final int[] stride;
    private final int[] padding;
    private final int[] dilation;
    private final boolean ceilMode;

    private MaxPool(Builder builder) {
        this.dimensions = builder.dimensions;
        this.kernel = PerDimension.three("kernel_size", builder.kernel, dimensions, 1, 1);
        this.stride = PerDimension.three("stride", builder.stride, dimensions, 1, 1);
        this.padding = PerDimension.three("padding", builder.padding, dimensions, 0, 0);
        this.dilation = PerDimension.three("dilation", builder.dilation, dimensions, 1, 1);
        this.ceilMode = builder.ceilMode;
        for (int d = 0; d < 3; d++) {
            if (padding[d] > kernel[d] / 2) {
                throw new IllegalArgumentException(
                        "expected padding of at most half the kernel (" + kernel[d] + "), found " + padding[d]);
            }
        }
    }

    /**
     * Begins a layer with a kernel size.
     *
     * @param dimensions 1 for sequences, 2 for pictures, 3 for volumes
     */
    public static Builder builder(int dimensions, int... kernelSize) {
        return new Builder(dimensions, kernelSize);
    }

    /** The maxima and where they were, both of the output's shape. */
    public record Result(Tensor values, Indices indices) {}

    @Override
    public Tensor apply(Tensor input) {
        return applyWithIndices(input).values();
    }

    /**
     * Pools and tells where each maximum comes from.
     *
     * @throws IllegalArgumentException if no window fits the input
     */
    public Result applyWithIndices(Tensor input) {
        if (input.rank() != dimensions + 1 && input.rank() != dimensions + 2) {
            throw new IllegalArgumentException("expected input of " + (dimensions + 1) + " (unbatched) or "
                    + (dimensions + 2) + " dimensions, found " + input);
        }
        int[] in = PerDimension.volume(input.shape(), dimensions);
        int[] out = new int[3];
        for (int d = 0; d < 3; d++) {
            out[d] = outputs(in[d], d);
        }
        int[] shape = input.shape();
        System.arraycopy(out, 3 - dimensions, shape, shape.length - dimensions, dimensions);
        Tensor values = Tensor.zeros(shape);
        int[] indices = new int[values.count()];
        int planes = input.count() / Shapes.product(in, 0, 3);
        for (int plane = 0; plane < planes; plane++) {
            pool(input.data(), plane, in, values.data(), indices, out);
        }
        return new Result(values, Indices.of(indices, shape));
    }

    private int outputs(int in, int d) {
        long room = in + 2L * padding[d] - extent(d);
        long outputs = Math.floorDiv(room + (ceilMode ? stride[d] - 1 : 0), stride[d]) + 1;
        if (ceilMode && (outputs - 1) * stride[d] >= (long) in + padding[d]) {
            outputs--;
        }
        if (outputs < 1) {
            throw new IllegalArgumentException("expected input of at least " + (extent(d) - 2L * padding[d])
                    + " samples per dimension, found " + in);
        }
        return Math.toIntExact(outputs);
    }

    /** Samples from the first tap of a window to its last. */
    private long extent(int d) {
        return dilation[d] * (kernel[d] - 1L) + 1;
    }

    private void pool(float[] input, int plane, int[] in, float[] values, int[] indices, int[] out) {
        int source = plane * Shapes.product(in, 0, 3);
        int target = plane * Shapes.product(out, 0, 3);
        for (int d = 0; d < out[0]; d++) {
            for (int h = 0; h < out[1]; h++) {
                for (int w = 0; w < out[2]; w++) {
                    int index = indexOfMaximum(input, source, in, d, h, w);
                    // A dilated window may step over the whole input; PyTorch then names its first tap.
                    values[target] = index < 0 ? Float.NEGATIVE_INFINITY : input[source + index];
                    indices[target++] = index < 0 ? (first(d, 0) * in[1] + first(h, 1)) * in[2] + first(w, 2) : index;
                }
            }
        }
    }

    private int indexOfMaximum(float[] input, int source, int[] in, int outD, int outH, int outW) {
        int best = -1;
        for (int d = first(outD, 0); d < end(outD, in[0], 0); d += dilation[0]) {
            for (int h = first(outH, 1); h < end(outH, in[1], 1); h += dilation[1]) {
                for (int w = first(outW, 2); w < end(outW, in[2], 2); w += dilation[2]) {
                    int index = (d * in[1] + h) * in[2] + w;
                    float value = input[source + index];
                    if (best < 0 || value > input[source + best] || Float.isNaN(value)) {
                        best = index;
                    }
                }
            }
        }
        return best;
    }

    /** The first tap of a window that is not in the padding. */
    private int first(int output, int d) {
        int start = output * stride[d] - padding[d];
        return start < 0 ? start + Math.ceilDiv(-start, dilation[d]) * dilation[d] : start;
    }

    private int end(int output, int in, int d) {
        return (int) Math.min(in, (long) output * stride[d] - padding[d] + extent(d));
    }

    /** Settings in the order of {@code nn.MaxPool3d}; each is one number or one per spatial dimension. */
    public static final class Builder {
        private final int dimensions;
        private final int[] kernel;
        private int[] stride;
        private int[] padding = {0};
        private int[] dilation = {1};
        private boolean ceilMode;

        private Builder(int dimensions, int[] kernel) {
            if (dimensions < 1 || dimensions > 3) {
                throw new IllegalArgumentException("expected 1 to 3 spatial dimensions, found " + dimensions);
            }
            this.dimensions = dimensions;
            this.kernel = kernel.clone();
            this.stride = kernel.clone();
        }

        /** Distance from one window to the next; by default the kernel's size. */
        public Builder stride(int... value) {
            stride = value.clone();
            return this;
        }

        /** Samples of minus infinity at both ends; at most half the kernel. */
        public Builder padding(int... value) {
            padding = value.clone();
            return this;
        }

        /** How far apart the samples of a window are. */
        public Builder dilation(int... value) {
            dilation = value.clone();
            return this;
        }

        /** Whether a last window may reach beyond the padded input. */
        public Builder ceilMode(boolean value) {
            ceilMode = value;
            return this;
        }

        /**
         * Builds the layer.
         *
         * @throws IllegalArgumentException if a setting is out of range
         */
        public MaxPool build() {
            return new MaxPool(this);
        }
    }
}
