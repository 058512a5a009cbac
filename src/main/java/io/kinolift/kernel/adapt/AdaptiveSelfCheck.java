package io.kinolift.kernel.adapt;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Compares two kernels of adaptive weights, or of gradients, on a small row, number by number. */
public final class AdaptiveSelfCheck {
    private static final int INPUTS = 97;

    private AdaptiveSelfCheck() {}

    public static boolean agree(AdaptiveKernel expected, AdaptiveKernel found) {
        return Arrays.deepEquals(outputs(expected), outputs(found));
    }

    public static boolean agree(GradientKernel expected, GradientKernel found) {
        return Arrays.equals(classes(expected), classes(found));
    }

    /** Filters a row of samples that use three filters in turn. */
    private static float[][] outputs(AdaptiveKernel kernel) {
        SplittableRandom random = new SplittableRandom(20_261_123);
        AdaptiveTable table = new AdaptiveTable(3);
        for (int i = 0; i < 3 * AdaptiveTable.TAPS * AdaptiveTable.TAPS * AdaptiveTable.OUTPUTS; i++) {
            int tap = i / AdaptiveTable.OUTPUTS;
            table.set(
                    tap % 3,
                    tap / 3 / AdaptiveTable.TAPS,
                    tap / 3 % AdaptiveTable.TAPS,
                    i % AdaptiveTable.OUTPUTS,
                    (float) random.nextDouble(-0.2, 0.3));
        }
        int columns = INPUTS + AdaptiveTable.TAPS + 2 + AdaptiveKernel.SLACK;
        int stride = 2 * columns;
        float[] rows = new float[AdaptiveTable.TAPS * stride];
        int[] positions = new int[AdaptiveTable.TAPS];
        for (int row = 0; row < AdaptiveTable.TAPS; row++) {
            positions[row] = row * stride;
            kernel.join(
                    samples(random, columns),
                    samples(random, columns),
                    INPUTS + AdaptiveTable.TAPS + 2,
                    rows,
                    positions[row]);
        }
        float[][] sums = new float[2][2 * INPUTS + AdaptiveKernel.SLACK];
        kernel.filter(
                table,
                IntStream.range(0, INPUTS + 1).map(x -> x % 3).toArray(),
                rows,
                positions,
                INPUTS,
                sums[0],
                sums[1]);
        return Arrays.stream(sums).map(row -> Arrays.copyOf(row, 2 * INPUTS)).toArray(float[][]::new);
    }

    /** Gradients of all strengths, and their classes. */
    private static int[] classes(GradientKernel kernel) {
        SplittableRandom random = new SplittableRandom(20_261_201);
        float[][] rows = new float[GradientKernel.BOX + 2][];
        for (int y = 0; y < rows.length; y++) {
            rows[y] = samples(random, INPUTS + GradientKernel.BOX + 1 + GradientKernel.SLACK);
        }
        float[][] sums = new float[4][INPUTS + GradientKernel.BOX + 2 * GradientKernel.SLACK];
        kernel.addDown(rows, INPUTS + GradientKernel.BOX - 1, sums[0], sums[1], sums[2], sums[3]);
        for (float[] columns : sums) {
            kernel.addAlong(columns, INPUTS);
        }
        int[] classes = new int[INPUTS + GradientKernel.SLACK];
        kernel.beginClasses(sums[0], sums[1], sums[2], sums[3], INPUTS, classes);
        kernel.endClasses(sums[0], sums[1], sums[2], INPUTS, classes);
        return Arrays.copyOf(classes, INPUTS);
    }

    /** Noise that grows from one end to the other. */
    private static float[] samples(SplittableRandom random, int count) {
        float[] samples = new float[count];
        for (int x = 0; x < count; x++) {
            samples[x] = random.nextInt(2 + 253 * x / count);
        }
        return samples;
    }
}
