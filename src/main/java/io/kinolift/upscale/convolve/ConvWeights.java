package io.kinolift.upscale.convolve;

import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.Arrays;

/**
 * The parameters of a transposed convolution.
 *
 * @param values (in channels, out channels per group, depth, height, width), the last index running fastest
 * @param kernel depth, height, width
 * @param bias one number per output channel in units of a sample over 255; empty for none
 */
public record ConvWeights(float[] values, int inChannels, int outPerGroup, int[] kernel, float[] bias) {
    /** @throws IllegalArgumentException if the values do not fill the shape */
    public ConvWeights {
        long count = (long) inChannels * outPerGroup * kernel[0] * kernel[1] * kernel[2];
        if (kernel.length != 3 || values.length != count) {
            throw new IllegalArgumentException("expected " + count + " weights, found " + values.length);
        }
    }

    /**
     * The kernel of the {@code nn.init} recipes for bilinear upsampling: per axis a triangle over {@code 2 * stride -
     * stride % 2} taps. With {@link #trilinearPadding} the output is the trilinear one, of stride x input samples; for
     * strides that are powers of two its weights are exact in float32.
     *
     * @param stride depth, height, width
     * @param channels in and out; each is enlarged separately
     * @param groups 1, or {@code channels}
     */
    public static ConvWeights trilinear(int[] stride, int channels, int groups) {
        return trilinear(stride, TemporalGrid.HALF_PIXEL, channels, groups);
    }

    /**
     * The same kernel on either grid in time. On {@link TemporalGrid#SOURCE} it has {@code 2 * stride - 1} taps in
     * time, and input frames pass through with padding and output padding {@code stride - 1}.
     */
    public static ConvWeights trilinear(int[] stride, TemporalGrid grid, int channels, int groups) {
        double[][] axes = new double[3][];
        for (int axis = 0; axis < 3; axis++) {
            boolean onSource = axis == 0 && grid == TemporalGrid.SOURCE;
            axes[axis] = triangle(stride[axis], onSource || stride[axis] % 2 == 1);
        }
        float[] values = new float[axes[0].length * axes[1].length * axes[2].length];
        int at = 0;
        for (double d : axes[0]) {
            for (double h : axes[1]) {
                for (double w : axes[2]) {
                    values[at++] = (float) (d * h * w);
                }
            }
        }
        return each(values, Arrays.stream(axes).mapToInt(axis -> axis.length).toArray(), channels, groups);
    }

    /**
     * One kernel for every channel separately.
     *
     * @param values depth, height, width
     * @param groups 1, or {@code channels}
     */
    public static ConvWeights each(float[] values, int[] kernel, int channels, int groups) {
        int outPerGroup = channels / groups;
        float[] all = new float[channels * outPerGroup * values.length];
        for (int in = 0; in < channels; in++) {
            int at = (in * outPerGroup + in % outPerGroup) * values.length;
            System.arraycopy(values, 0, all, at, values.length);
        }
        return new ConvWeights(all, channels, outPerGroup, kernel, new float[0]);
    }

    /** The padding for {@link #trilinear}, per axis. */
    public static int trilinearPadding(int stride) {
        return stride / 2;
    }

    /** @param onTap whether the middle is a tap; otherwise it lies between two */
    private static double[] triangle(int stride, boolean onTap) {
        double[] taps = new double[onTap ? 2 * stride - 1 : 2 * stride];
        double middle = (taps.length - 1) / 2.0;
        Arrays.setAll(taps, tap -> 1 - Math.abs(tap - middle) / stride);
        return taps;
    }
}
