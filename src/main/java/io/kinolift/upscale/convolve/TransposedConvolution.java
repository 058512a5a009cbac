package io.kinolift.upscale.convolve;

import java.util.Locale;

/**
 * Settings of a transposed convolution over time, height and width, with the names and meanings of {@code
 * nn.ConvTranspose3d}.
 *
 * @param stride depth, height, width, like all arrays here
 * @param channels meaning of the weights' channels
 */
public record TransposedConvolution(
        ConvWeights weights,
        int[] stride,
        int[] padding,
        int[] outputPadding,
        int[] dilation,
        int groups,
        Border border,
        Channels channels) {
    /** Keeps sizes, offsets and their sums far inside 32 bits. */
    private static final int MOST = 1 << 12;

    /** @throws IllegalArgumentException if the settings do not fit the weights */
    public TransposedConvolution {
        for (int axis = 0; axis < 3; axis++) {
            requireIn("kernel", weights.kernel()[axis], 1);
            requireIn("stride", stride[axis], 1);
            requireIn("padding", padding[axis], 0);
            requireIn("output padding", outputPadding[axis], 0);
            requireIn("dilation", dilation[axis], 1);
            int below = Math.max(stride[axis], dilation[axis]);
            if (outputPadding[axis] >= below) {
                throw new IllegalArgumentException("expected an output padding below stride or dilation (" + below
                        + "), found " + outputPadding[axis]);
            }
        }
        int wanted = channels == Channels.RGB ? 3 : 1;
        if (groups < 1 || weights.inChannels() % groups != 0) {
            throw new IllegalArgumentException(
                    "expected groups to divide the " + weights.inChannels() + " input channels, found " + groups);
        }
        int out = weights.outPerGroup() * groups;
        if (weights.inChannels() != wanted || out != wanted) {
            throw new IllegalArgumentException("expected weights of " + wanted + " input and " + wanted
                    + " output channels for channels " + channels.name().toLowerCase(Locale.ROOT) + ", found "
                    + weights.inChannels() + " and " + out + " with groups " + groups);
        }
        if (weights.bias().length != 0 && weights.bias().length != out) {
            throw new IllegalArgumentException(
                    "expected a bias of " + out + " numbers, found " + weights.bias().length);
        }
    }

    /**
     * The geometry of one axis.
     *
     * @param number 0 for time, 1 for height, 2 for width
     */
    public ConvAxis axis(int number) {
        return new ConvAxis(
                weights.kernel()[number], stride[number], padding[number], outputPadding[number], dilation[number]);
    }

    private static void requireIn(String name, int value, int least) {
        if (value < least || value > MOST) {
            throw new IllegalArgumentException(
                    "expected a " + name + " of " + least + " to " + MOST + ", found " + value);
        }
    }
}
