package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Plane;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Makes rows of planes at twice the height and width. Output rows 2k - 1 and 2k lie between input rows k - 1 and k and
 * are made together. One thread at a time.
 */
abstract sealed class DoublingRows permits DoubledRows, ShortDoubledRows, CubicDoubledRows {
    /** For the one of two rows that belongs to another band or lies outside the picture. */
    private final MemorySegment spare;

    /** @param longestRow bytes of the longest output row */
    DoublingRows(long longestRow) {
        spare = Arena.ofAuto().allocate(2 * longestRow);
    }

    /** Whether sums of time weights with this denominator fit the lanes. */
    abstract boolean serves(long timeDenominator);

    /** What time weights are to add up to. */
    abstract int timeUnits(long timeDenominator);

    /** Begins a plane. */
    abstract void begin(BlendedRows inputs, int timeUnits);

    /**
     * Makes the two output rows between two input rows, in ascending order of them.
     *
     * @param below the lower one of the two; the other or it may lie outside the picture, one row beyond its edge
     * @param upper where in {@code out} the first one goes
     * @param lower likewise, of the second one
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
