package io.kinolift.kernel.adapt;

/**
 * The filters of an {@link AdaptiveKernel}, in the order in which it takes them: per class, row, and pair of columns, the
 * weights of the first column for the four outputs, then those of the second.
 */
public final class AdaptiveTable {
    /** Outputs that are made of one sample's neighbourhood. */
    public static final int OUTPUTS = 4;

    /** Rows of a neighbourhood, of which its sample is in the middle. */
    public static final int ROWS = 7;

    /** Columns likewise, and one more that no output needs. */
    static final int COLUMNS = ROWS + 1;

    static final int FILTER = ROWS * COLUMNS * OUTPUTS;

    final float[] weights;

    /** @param classes how many filters there are */
    public AdaptiveTable(int classes) {
        weights = new float[Math.multiplyExact(classes, FILTER)];
    }

    /**
     * Sets a weight; all are 0 otherwise.
     *
     * @param row from 0 to 6, of which 3 is the sample's own, as are columns
     * @param output from 0 to 3
     */
    public void set(int of, int row, int column, int output, float weight) {
        weights[of * FILTER + (row * COLUMNS + column) * OUTPUTS + output] = weight;
    }
}
