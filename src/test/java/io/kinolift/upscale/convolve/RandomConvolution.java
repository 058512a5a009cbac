package io.kinolift.upscale.convolve;

import io.kinolift.frame.Colour;
import java.util.Arrays;
import java.util.Random;

/** Transposed convolutions to test with. */
public final class RandomConvolution {
    private static final int[] MATRICES = {1, 2, 5, 6, 9};

    private RandomConvolution() {}

    public static TransposedConvolution settings(Random random) {
        Channels channels = Channels.values()[random.nextInt(3)];
        return settings(random, channels, Border.values()[random.nextInt(2)]);
    }

    public static TransposedConvolution settings(Random random, Channels channels, Border border) {
        int count = channels == Channels.RGB ? 3 : 1;
        int groups = random.nextInt(4) == 0 ? count : 1;
        // The usual geometries, and any other.
        boolean usual = random.nextInt(3) == 0;
        int[] kernel = new int[3];
        int[] stride = new int[3];
        int[] padding = new int[3];
        int[] dilation = {1, 1, 1};
        int[] outputPadding = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            stride[axis] = usual ? 2 : 1 + random.nextInt(4);
            kernel[axis] = usual ? 2 * (1 + random.nextInt(3)) : 1 + random.nextInt(5);
            padding[axis] = usual ? (kernel[axis] - 2) / 2 : random.nextInt(kernel[axis]);
            if (!usual) {
                dilation[axis] = 1 + random.nextInt(random.nextInt(3) + 1);
                outputPadding[axis] = random.nextInt(Math.max(stride[axis], dilation[axis]));
            }
        }
        float[] values = new float[count * count / groups * kernel[0] * kernel[1] * kernel[2]];
        // Sums of about half of full scale; some are clamped.
        double scale = 3.0 * stride[0] * stride[1] * stride[2] / (kernel[0] * kernel[1] * kernel[2]);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((random.nextDouble() - 0.3) * scale * groups / count);
        }
        float[] bias = new float[random.nextBoolean() ? 0 : count];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = (float) (random.nextDouble() - 0.5);
        }
        return new TransposedConvolution(
                new ConvWeights(values, count, count / groups, kernel, bias),
                stride,
                padding,
                outputPadding,
                dilation,
                groups,
                border,
                channels);
    }

    public static Colour colour(Random random) {
        return new Colour(
                Colour.Range.values()[random.nextInt(3)],
                MATRICES[random.nextInt(MATRICES.length)],
                2,
                2,
                Colour.ChromaLocation.UNSPECIFIED);
    }

    public static String text(TransposedConvolution settings) {
        return "kernel " + Arrays.toString(settings.weights().kernel()) + " stride "
                + Arrays.toString(settings.stride()) + " padding " + Arrays.toString(settings.padding())
                + " output padding " + Arrays.toString(settings.outputPadding())
                + " dilation " + Arrays.toString(settings.dilation())
                + " groups " + settings.groups() + " " + settings.border() + " " + settings.channels();
    }
}
