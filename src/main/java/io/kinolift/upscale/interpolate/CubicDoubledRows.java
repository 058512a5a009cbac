package io.kinolift.upscale.interpolate;

import io.kinolift.kernel.interpolate.CubicDoublingKernel;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** {@link DoublingRows} for bytes by cubic taps, from four input rows, each blended in time once. */
final class CubicDoubledRows extends DoublingRows {
    private static final int TAPS = 4;
    private static final int NONE = -1;

    private final CubicDoublingKernel kernel;
    private final float[][] kept;
    private final int[] held = new int[TAPS];
    private final float[][] around = new float[TAPS][];
    private final float[] upperSums;
    private final float[] lowerSums;
    private BlendedRows inputs;
    private int denominator;

    /** @param longestRow samples of the longest input row */
    CubicDoubledRows(InterpolationKernel kernel, int longestRow) {
        super(2L * longestRow);
        this.kernel = new CubicDoublingKernel(kernel);
        kept = new float[][] {
            this.kernel.row(longestRow),
            this.kernel.row(longestRow),
            this.kernel.row(longestRow),
            this.kernel.row(longestRow)
        };
        upperSums = this.kernel.row(longestRow);
        lowerSums = this.kernel.row(longestRow);
    }

    @Override
    boolean serves(long timeDenominator) {
        return CubicDoublingKernel.serves(timeDenominator);
    }

    @Override
    int timeUnits(long timeDenominator) {
        return Math.toIntExact(timeDenominator);
    }

    @Override
    void begin(BlendedRows rows, int timeUnits) {
        inputs = rows;
        denominator = timeUnits;
        Arrays.fill(held, NONE);
    }

    @Override
    void makeTwo(int below, MemorySegment out, long upper, long lower) {
        for (int tap = 0; tap < TAPS; tap++) {
            around[tap] = row(inputs.within(below - 2 + tap));
        }
        kernel.blend(around, inputs.samples(), denominator, upperSums, lowerSums);
        kernel.expand(upperSums, inputs.samples(), out, upper);
        kernel.expand(lowerSums, inputs.samples(), out, lower);
    }

    /** The row stays valid until the fourth row after it is requested. */
    private float[] row(int row) {
        int slot = row % TAPS;
        if (held[slot] != row) {
            kernel.split(inputs.row(row), inputs.samples(), kept[slot]);
            held[slot] = row;
        }
        return kept[slot];
    }
}
