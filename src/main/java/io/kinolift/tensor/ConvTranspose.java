package io.kinolift.tensor;

import java.util.Arrays;

/**
 * {@code torch.nn.ConvTranspose1d}, {@code 2d} and {@code 3d}: every input sample adds the kernel, times itself, to the
 * output; neighbours land {@code stride} apart. Per dimension the output has
 * {@code (in - 1) * stride - 2 * padding + dilation * (kernel - 1) + output_padding + 1} samples.
 *
 * <p>The weight, (in_channels, out_channels / groups, [[kD,] kH,] kW), says how many spatial dimensions there are.
 * Input is (N, in_channels, [[D,] H,] W), or the same without N. Sums are in double and rounded once.
 */
public final class ConvTranspose implements TensorOperator {
    private final Tensor weight;
    private final Tensor bias;
    private final int groups;
    private final int dimensions;
    private final ScatterGeometry geometry;

    private ConvTranspose(Builder builder) {
        this.weight = builder.weight;
        this.bias = builder.bias;
        this.groups = builder.groups;
        this.dimensions = builder.weight.rank() - 2;
        this.geometry = ScatterGeometry.of(
                weight.shape(), builder.stride, builder.padding, builder.outputPadding, builder.dilation);
    }

    /**
     * Begins a layer with a weight.
     *
     * @param weight (in_channels, out_channels / groups, [[kD,] kH,] kW); not copied
     */
    public static Builder builder(Tensor weight) {
        return new Builder(weight);
    }

    public int inChannels() {
        return weight.size(0);
    }

    public int outChannels() {
        return weight.size(1) * groups;
    }

    /**
     * The shape that {@link #apply(Tensor)} gives, without computing anything.
     *
     * @throws IllegalArgumentException in the same cases
     */
    public int[] outputShape(int... inputShape) {
        checkInput(inputShape);
        return outputShape(inputShape, geometry.outputSize(inputShape, dimensions));
    }

    @Override
    public Tensor apply(Tensor input) {
        checkInput(input.shape());
        return convolve(input, geometry.outputSize(input.shape(), dimensions));
    }

    /**
     * The same with an output size instead of {@code output_padding}. A strided convolution gives the same size for
     * several input sizes; the output size says which of them is meant.
     *
     * @param outputSize the spatial sizes, or the whole output shape, whose channels are ignored
     * @throws IllegalArgumentException also if a size is not within {@code stride - 1} above the smallest possible
     */
    public Tensor apply(Tensor input, int... outputSize) {
        checkInput(input.shape());
        int[] spatial = outputSize.length == input.rank()
                ? Arrays.copyOfRange(outputSize, input.rank() - dimensions, input.rank())
                : outputSize;
        if (spatial.length != dimensions) {
            throw new IllegalArgumentException("expected output_size of " + dimensions + " or " + input.rank()
                    + " elements, found " + Arrays.toString(outputSize));
        }
        return convolve(input, geometry.requestedSize(input.shape(), spatial));
    }

    private void checkInput(int[] shape) {
        boolean batched = shape.length == dimensions + 2;
        if (!batched && shape.length != dimensions + 1) {
            throw new IllegalArgumentException("expected input of " + (dimensions + 1) + " (unbatched) or "
                    + (dimensions + 2) + " dimensions for weight " + weight + ", found " + Arrays.toString(shape));
        }
        if (shape[batched ? 1 : 0] != inChannels()) {
            throw new IllegalArgumentException("expected input of " + inChannels() + " channels for weight " + weight
                    + ", found " + Arrays.toString(shape));
        }
    }

    private Tensor convolve(Tensor input, int[] outputVolume) {
        int[] inputVolume = PerDimension.volume(input.shape(), dimensions);
        Tensor output = Tensor.zeros(outputShape(input.shape(), outputVolume));
        int outputs = Shapes.product(outputVolume, 0, 3);
        int inputs = Shapes.product(inputVolume, 0, 3);
        int batch = input.count() / inputs / inChannels();
        double[] sums = new double[outputs];
        for (int n = 0; n < batch; n++) {
            for (int out = 0; out < outChannels(); out++) {
                Arrays.fill(sums, bias == null ? 0 : bias.data()[out]);
                addInputs(sums, outputVolume, input, n * inChannels(), inputVolume, out);
                int target = (n * outChannels() + out) * outputs;
                for (int i = 0; i < outputs; i++) {
                    output.data()[target + i] = (float) sums[i];
                }
            }
        }
        return output;
    }

    /** Adds the contributions of the input channels of its group to one output plane. */
    private void addInputs(
            double[] sums, int[] outputVolume, Tensor input, int firstPlane, int[] inputVolume, int outChannel) {
        int outPerGroup = weight.size(1);
        int inPerGroup = inChannels() / groups;
        int firstIn = outChannel / outPerGroup * inPerGroup;
        int inputs = Shapes.product(inputVolume, 0, 3);
        for (int in = firstIn; in < firstIn + inPerGroup; in++) {
            int kernelAt = (in * outPerGroup + outChannel % outPerGroup) * geometry.kernelCount();
            geometry.scatter(
                    sums, outputVolume, input.data(), (firstPlane + in) * inputs, inputVolume, weight.data(), kernelAt);
        }
    }

    private int[] outputShape(int[] inputShape, int[] outputVolume) {
        int[] shape = inputShape.clone();
        shape[shape.length - dimensions - 1] = outChannels();
        System.arraycopy(outputVolume, 3 - dimensions, shape, shape.length - dimensions, dimensions);
        return shape;
    }

    /** Settings in the order of {@code nn.ConvTranspose3d}; each is one number or one per spatial dimension. */
    public static final class Builder {
        private final Tensor weight;
        private Tensor bias;
        private int groups = 1;
        private int[] stride = {1};
        private int[] padding = {0};
        private int[] outputPadding = {0};
        private int[] dilation = {1};

        private Builder(Tensor weight) {
            this.weight = weight;
        }

        /** How far apart, in output samples, neighbouring input samples land. */
        public Builder stride(int... value) {
            stride = value.clone();
            return this;
        }

        /** Samples cut off both ends of the output. */
        public Builder padding(int... value) {
            padding = value.clone();
            return this;
        }

        /** Extra samples at the far end of the output; fewer than the stride or the dilation. */
        public Builder outputPadding(int... value) {
            outputPadding = value.clone();
            return this;
        }

        /** The number of independent groups that the channels are divided into. */
        public Builder groups(int value) {
            groups = value;
            return this;
        }

        /** One number per output channel; not copied. */
        public Builder bias(Tensor value) {
            bias = value;
            return this;
        }

        /** How far apart, in output samples, the kernel's taps lie. */
        public Builder dilation(int... value) {
            dilation = value.clone();
            return this;
        }

        /**
         * Builds the layer.
         *
         * @throws IllegalArgumentException if the settings do not fit the weight or each other
         */
        public ConvTranspose build() {
            if (weight.rank() < 3) {
                throw new IllegalArgumentException("expected weight of 3, 4 or 5 dimensions, found " + weight);
            }
            if (groups < 1 || weight.size(0) % groups != 0) {
                throw new IllegalArgumentException(
                        "expected groups to divide the " + weight.size(0) + " input channels, found " + groups);
            }
            if (bias != null && (bias.rank() != 1 || bias.count() != weight.size(1) * groups)) {
                throw new IllegalArgumentException(
                        "expected bias of shape [" + weight.size(1) * groups + "], found " + bias);
            }
            return new ConvTranspose(this);
        }
    }
}
