package io.kinolift.kernel.adapt;

/**
 * The filters of an {@link AdaptiveKernel}, in the kernel's order: per class, row, and pair of columns, the first
 * column's weights for the four outputs, then the second column's.
 */
public final class AdaptiveTable {
    /** Outputs made from one sample's neighbourhood. */
    public static final int OUTPUTS = 4;

    /** Rows of a neighbourhood; its sample lies in the middle one. */
    public static final int ROWS = 7;

    /** Columns of a neighbourhood: seven around the sample, and one more that no output needs. */
    static final int COLUMNS = ROWS + 1;

    static final int FILTER = ROWS * COLUMNS * OUTPUTS;

    final float[] weights;

    /** @param classes number of filters */
    public AdaptiveTable(int classes) {
        weights = new float[Math.multiplyExact(classes, FILTER)];
    }

    /**
     * Sets a weight; weights that are never set are 0.
     *
     * @param row from 0 to 6; row 3 is the sample's own, and columns count the same way
     * @param output from 0 to 3
     */
    public void set(int of, int row, int column, int output, float weight) {
        weights[of * FILTER + (row * COLUMNS + column) * OUTPUTS + output] = weight;
    }
}
