package io.kinolift.upscale;

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
     * The kernel that {@code nn.init} recipes for bilinear upsampling give: per axis a triangle over
     * {@code 2 * stride - stride % 2} taps. With {@link #trilinearPadding} the output is the trilinear one, of
     * stride x input samples; for strides that are powers of two its weights are exact in float32.
     *
     * @param stride depth, height, width
     * @param channels in and out; each is enlarged by itself
     * @param groups 1, or {@code channels}
     */
    public static ConvWeights trilinear(int[] stride, int channels, int groups) {
        int[] kernel = new int[3];
        int taps = 1;
        for (int axis = 0; axis < 3; axis++) {
            kernel[axis] = 2 * stride[axis] - stride[axis] % 2;
            taps *= kernel[axis];
        }
        int outPerGroup = channels / groups;
        float[] values = new float[channels * outPerGroup * taps];
        for (int in = 0; in < channels; in++) {
            int at = (in * outPerGroup + in % outPerGroup) * taps;
            for (int d = 0; d < kernel[0]; d++) {
                for (int h = 0; h < kernel[1]; h++) {
                    double row = triangle(stride[0], d) * triangle(stride[1], h);
                    for (int w = 0; w < kernel[2]; w++) {
                        values[at++] = (float) (row * triangle(stride[2], w));
                    }
                }
            }
        }
        return new ConvWeights(values, channels, outPerGroup, kernel, new float[0]);
    }

    /** The padding that goes with {@link #trilinear}, per axis. */
    public static int trilinearPadding(int stride) {
        return stride / 2;
    }

    private static double triangle(int stride, int tap) {
        // Odd strides have a tap on the middle, even ones two beside it.
        double middle = stride - (stride % 2 == 0 ? 0.5 : 1);
        return 1 - Math.abs(tap - middle) / stride;
    }
}
