package io.kinolift.kernel.colour;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Compares two kernels of colour on a small row, float by float. */
public final class RgbSelfCheck {
    private static final int INPUTS = 97;

    private RgbSelfCheck() {}

    public static boolean agree(RgbKernel expected, RgbKernel found) {
        return Arrays.equals(rgb(expected), rgb(found));
    }

    /** Splits and joins bytes, and takes floats through every step between planes and RGB. */
    private static float[] rgb(RgbKernel kernel) {
        byte[] bytes = new byte[3 * INPUTS];
        new SplittableRandom(20_261_122).nextBytes(bytes);
        float[] apart = new float[3 * INPUTS];
        kernel.split(MemorySegment.ofArray(bytes), 0, INPUTS, apart, new int[] {0, INPUTS, 2 * INPUTS});
        byte[][] lines = new byte[3][INPUTS];
        for (int i = 0; i < apart.length; i++) {
            lines[i / INPUTS][i % INPUTS] = (byte) apart[i];
        }
        kernel.merge(new byte[][] {lines[2], lines[0], lines[1]}, 0, INPUTS, MemorySegment.ofArray(bytes), 0);
        float[][] rows = new float[3][INPUTS];
        for (int i = 0; i < bytes.length; i++) {
            rows[i % 3][i / 3] = bytes[i] & 0xFF;
        }
        RgbCoefficients any = new RgbCoefficients(
                16, 1.16f, 1.6f, -0.39f, -0.81f, 2.02f, 0.3f, 0.59f, 0.11f, 0.86f, 0.5f, 0.63f, 128);
        kernel.blend(rows[1], rows[2], INPUTS);
        float[] found = new float[8 * INPUTS];
        kernel.toRgb(any, rows[0], rows[1], rows[2], INPUTS, found, 0, INPUTS);
        float[][] planes = new float[3][INPUTS];
        kernel.fromRgb(any, rows[0], rows[1], rows[2], 0, INPUTS, planes[0], planes[1], planes[2]);
        float[] doubled = new float[2 * INPUTS];
        kernel.twice(planes[1], INPUTS, doubled);
        kernel.addPairs(doubled, INPUTS, planes[0]);
        System.arraycopy(planes[0], 0, found, 3 * INPUTS, INPUTS);
        System.arraycopy(planes[2], 0, found, 4 * INPUTS, INPUTS);
        System.arraycopy(apart, 0, found, 5 * INPUTS, apart.length);
        return found;
    }
}
