package io.kinolift.motion;

import io.kinolift.kernel.motion.MotionKernel;

/**
 * Differences of blocks along the vectors that were tried last. Neighbours often try the same vectors, and many blocks
 * beside each other are compared almost as fast as one.
 */
final class RecentDifferences {
    private static final int SLOTS = 32;

    private final int[] values = new int[SLOTS * MotionKernel.MOST_TOGETHER];
    private final int[] x = new int[SLOTS];
    private final int[] y = new int[SLOTS];
    /** Cells of a slot, by their place in the field: from the first on; none at first. */
    private final int[] first = new int[SLOTS];

    private final int[] count = new int[SLOTS];

    /** The only slot in which a vector may be. */
    static int slot(int vectorX, int vectorY) {
        return (5 * vectorX + 3 * vectorY + (vectorX >> 4) + (vectorY >> 2)) & (SLOTS - 1);
    }

    /** Whether some cells have tried the vector. */
    boolean isOf(int slot, int vectorX, int vectorY) {
        return x[slot] == vectorX && y[slot] == vectorY;
    }

    /** Whether a cell has tried the vector of a slot. */
    boolean has(int slot, int cell) {
        return Integer.compareUnsigned(cell - first[slot], count[slot]) < 0;
    }

    int get(int slot, int cell) {
        return values[at(slot) + cell - first[slot]];
    }

    /** Where the values of a slot begin. */
    static int at(int slot) {
        return slot * MotionKernel.MOST_TOGETHER;
    }

    int[] values() {
        return values;
    }

    /** The values themselves are to be written next. */
    void put(int slot, int vectorX, int vectorY, int firstCell, int cells) {
        x[slot] = vectorX;
        y[slot] = vectorY;
        first[slot] = firstCell;
        count[slot] = cells;
    }
}
