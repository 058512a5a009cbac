package io.kinolift.weights;

import io.kinolift.tensor.ConvTranspose;
import io.kinolift.tensor.Tensor;
import java.util.Arrays;

/**
 * The arguments of {@code nn.ConvTranspose3d} that a weights file lacks. Every array is time, height, width.
 *
 * @param stride output positions per input position, at least 1
 * @param padding output positions cut off at either end
 * @param outputPadding output positions added at the far end
 * @param dilation output positions from one kernel tap to the next, at least 1
 * @param groups that the channels are split into, at least 1
 */
public record ConvTransposeGeometry(int[] stride, int[] padding, int[] outputPadding, int[] dilation, int groups) {
    /** @throws IllegalArgumentException if a number is out of range, or an array is not of three */
    public ConvTransposeGeometry {
        check("stride", stride, 1);
        check("padding", padding, 0);
        check("output_padding", outputPadding, 0);
        check("dilation", dilation, 1);
        if (groups < 1) {
            throw new IllegalArgumentException("expected at least 1 group, found " + groups);
        }
    }

    private static void check(String name, int[] values, int least) {
        if (values.length != 3 || Arrays.stream(values).anyMatch(value -> value < least)) {
            throw new IllegalArgumentException("expected " + name + " to be three numbers of at least " + least
                    + ", found " + Arrays.toString(values));
        }
    }

    /** No dilation and no groups; padded so that the output is exactly {@code stride} times the input. */
    public static ConvTransposeGeometry enlarging(Tensor weight, int... stride) {
        return enlarging(weight, stride, new int[] {1, 1, 1}, 1);
    }

    /**
     * Padded so that the output is exactly {@code stride} times the input. An axis whose kernel is too small for that
     * is not padded.
     */
    public static ConvTransposeGeometry enlarging(Tensor weight, int[] stride, int[] dilation, int groups) {
        int[] padding = new int[3];
        int[] outputPadding = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int surplus = dilation[axis] * (weight.size(2 + axis) - 1) + 1 - stride[axis];
            padding[axis] = Math.max(0, Math.ceilDiv(surplus, 2));
            outputPadding[axis] = 2 * padding[axis] - surplus;
        }
        return new ConvTransposeGeometry(stride, padding, outputPadding, dilation, groups);
    }

    /**
     * The shape (out_channels, D, H, W) that an input of (in_channels, D, H, W) gives.
     *
     * @throws IllegalArgumentException if the weights, this and the input do not fit each other
     */
    public int[] outputShape(Tensor weight, int depth, int height, int width) {
        return ConvTranspose.builder(weight)
                .stride(stride)
                .padding(padding)
                .outputPadding(outputPadding)
                .dilation(dilation)
                .groups(groups)
                .build()
                .outputShape(weight.size(0), depth, height, width);
    }

    /** How many input positions before its own, {@code floor(o / stride)}, an output o may need, per axis. */
    public int[] haloBefore(Tensor weight) {
        return reach(weight, -1);
    }

    /** How many input positions after its own an output may need, per axis. */
    public int[] haloAfter(Tensor weight) {
        return reach(weight, 1);
    }

    private int[] reach(Tensor weight, int sign) {
        int[] reach = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            for (int tap = 0; tap < weight.size(2 + axis); tap++) {
                int place = tap * dilation[axis] - padding[axis];
                reach[axis] = Math.max(reach[axis], sign * -Math.floorDiv(place, stride[axis]));
            }
        }
        return reach;
    }

    /** Multiply-adds per output position, for all channels together, averaged over the phases. */
    public double multiplyAdds(Tensor weight) {
        double positions = (double) stride[0] * stride[1] * stride[2];
        return weight.count() / positions;
    }

    /** Which output phase a kernel tap adds to: the output's index modulo the stride. */
    int phase(int axis, int tap) {
        return Math.floorMod(tap * dilation[axis] - padding[axis], stride[axis]);
    }

    int phases() {
        return stride[0] * stride[1] * stride[2];
    }
}
