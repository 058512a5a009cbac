package io.kinolift.kernel.adapt;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Compares two kernels of adaptive weights on a small row, float by float. */
public final class AdaptiveSelfCheck {
    private static final int INPUTS = 97;

    private AdaptiveSelfCheck() {}

    public static boolean agree(AdaptiveKernel expected, AdaptiveKernel found) {
        return Arrays.equals(outputs(expected), outputs(found));
    }

    /** Filters a row of samples that use three filters in turn. */
    private static float[] outputs(AdaptiveKernel kernel) {
        SplittableRandom random = new SplittableRandom(20_261_123);
        AdaptiveTable table = new AdaptiveTable(3);
        for (int i = 0; i < 3 * AdaptiveTable.ROWS * AdaptiveTable.ROWS * AdaptiveTable.OUTPUTS; i++) {
            int tap = i / AdaptiveTable.OUTPUTS;
            table.set(
                    tap % 3,
                    tap / 3 / AdaptiveTable.ROWS,
                    tap / 3 % AdaptiveTable.ROWS,
                    i % AdaptiveTable.OUTPUTS,
                    (float) random.nextDouble(-0.2, 0.3));
        }
        int columns = INPUTS + AdaptiveTable.ROWS + AdaptiveKernel.SLACK;
        int stride = columns * AdaptiveTable.OUTPUTS;
        float[] rows = new float[AdaptiveTable.ROWS * stride];
        int[] positions = new int[AdaptiveTable.ROWS];
        for (int row = 0; row < AdaptiveTable.ROWS; row++) {
            positions[row] = row * stride;
            kernel.spread(random.ints(columns, 0, 256).toArray(), INPUTS + AdaptiveTable.ROWS, rows, positions[row]);
        }
        float[] sums = new float[AdaptiveTable.OUTPUTS * INPUTS];
        kernel.filter(
                table,
                IntStream.range(0, INPUTS).map(x -> x % 3).toArray(),
                rows,
                positions,
                INPUTS,
                new float[2 * sums.length],
                sums);
        return sums;
    }
}
