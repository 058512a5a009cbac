package io.kinolift.kernel.interpolate;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The source rows of one output row, with their weights. Filled anew for every row, never allocated for one. */
public final class RowInput {
    final MemorySegment[] data;
    final long[] offset;
    final int[] weight;
    final float[] floatWeight;
    int count;
    private int denominator;

    /** @param capacity the most source rows: time taps x row taps */
    public RowInput(int capacity) {
        data = new MemorySegment[capacity];
        offset = new long[capacity];
        weight = new int[capacity];
        floatWeight = new float[capacity];
    }

    /**
     * Removes all rows.
     *
     * @param denominator total of the integer weights, over sources and columns; the float path and {@link TimeBlend}
     *     do not use it
     */
    public void clear(int denominator) {
        this.denominator = denominator;
        count = 0;
    }

    /** Adds a source row of the exact path that starts at byte {@code rowOffset} of {@code rows}. */
    public void add(MemorySegment rows, long rowOffset, int rowWeight) {
        data[count] = rows;
        offset[count] = rowOffset;
        weight[count++] = rowWeight;
    }

    /** Adds a source row of the float path that starts at byte {@code rowOffset} of {@code rows}. */
    public void add(MemorySegment rows, long rowOffset, float rowWeight) {
        data[count] = rows;
        offset[count] = rowOffset;
        floatWeight[count++] = rowWeight;
    }

    public int denominator() {
        return denominator;
    }

    /** Drops the references to memory, so that an idle workspace keeps no picture reachable. */
    public void release() {
        Arrays.fill(data, null);
        count = 0;
    }
}
