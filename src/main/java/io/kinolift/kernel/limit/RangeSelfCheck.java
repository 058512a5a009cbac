package io.kinolift.kernel.limit;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Compares two kernels of range limits on a few small rows. */
public final class RangeSelfCheck {
    private static final int INPUTS = 97;

    private RangeSelfCheck() {}

    public static boolean agree(RangeKernel expected, RangeKernel found) {
        return Arrays.deepEquals(ranges(expected), ranges(found));
    }

    /** Three rows of bytes, the limits they make, and a fourth and fifth as outputs. */
    private static short[][] ranges(RangeKernel kernel) {
        SplittableRandom random = new SplittableRandom(20_261_124);
        int room = 2 * INPUTS + RangeKernel.SLACK;
        short[][] rows = new short[10][room];
        byte[] bytes = new byte[room];
        for (int row = 0; row < 3; row++) {
            random.nextBytes(bytes);
            kernel.widen(bytes, rows[row], 0, INPUTS + 2);
        }
        short[] pairs = new short[room];
        for (int x = 0; x < INPUTS; x++) {
            pairs[x] = (short) random.nextInt();
        }
        kernel.split(pairs, rows[3], rows[4], INPUTS);
        Arrays.fill(rows[5], (short) 255);
        kernel.add(rows[0], rows[1], rows[2], rows[5], rows[6], rows[7], rows[8], INPUTS);
        kernel.widenRange(rows[5], rows[6], rows[7], rows[8], 8, 255, INPUTS);
        kernel.touch(rows[3], rows[5], rows[6], rows[9], INPUTS);
        kernel.touch(rows[4], rows[5], rows[6], rows[9], INPUTS);
        return Arrays.stream(rows).map(row -> Arrays.copyOf(row, INPUTS)).toArray(short[][]::new);
    }
}
