package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Plane;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Makes rows of planes at twice the height and width. Output rows 2k - 1 and 2k lie between input rows k - 1 and k and
 * are made together. One thread at a time.
 */
abstract sealed class DoublingRows permits DoubledRows, ShortDoubledRows, CubicDoubledRows {
    /** Receives one of the two rows if it belongs to another band or lies outside the picture. */
    private final MemorySegment spare;

    /** @param longestRow bytes of the longest output row */
    DoublingRows(long longestRow) {
        spare = Arena.ofAuto().allocate(2 * longestRow);
    }

    /** Whether sums of time weights with this denominator fit the lanes. */
    abstract boolean serves(long timeDenominator);

    /** The total that time weights must have. */
    abstract int timeUnits(long timeDenominator);

    /** Begins a plane. */
    abstract void begin(BlendedRows inputs, int timeUnits);

    /**
     * Makes the two output rows between two input rows, in ascending order of the input rows.
     *
     * @param below the lower of the two input rows; either of them may lie outside the picture, one row beyond its edge
     * @param upper place of the first row in {@code out}
     * @param lower place of the second row in {@code out}
     */
    abstract void makeTwo(int below, MemorySegment out, long upper, long lower);

    final void make(BlendedRows inputs, int plane, TimeTaps time, Plane target, int from, int to) {
        int units = timeUnits(time.denominator());
        inputs.begin(plane, time, units);
        begin(inputs, units);
        for (int k = (from + 1) / 2; k <= to / 2; k++) {
            make(k, target, from, to);
        }
    }

    private void make(int below, Plane target, int from, int to) {
        MemorySegment out = target.data();
        int upper = 2 * below - 1;
        int lower = 2 * below;
        if (upper >= from && lower < to) {
            makeTwo(below, out, upper * target.stride(), lower * target.stride());
            return;
        }
        int rowBytes = target.rowBytes();
        makeTwo(below, spare, 0, rowBytes);
        if (upper >= from) {
            MemorySegment.copy(spare, 0, out, upper * target.stride(), rowBytes);
        } else if (lower < to) {
            MemorySegment.copy(spare, rowBytes, out, lower * target.stride(), rowBytes);
        }
    }
}
