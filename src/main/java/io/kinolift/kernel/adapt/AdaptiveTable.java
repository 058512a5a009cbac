package io.kinolift.kernel.adapt;

/**
 * The filters of an {@link AdaptiveKernel}, in the kernel's order: per class, row and column, the weights for the four
 * outputs. Rows and columns count from the first that the output uses: outputs on the right begin one column later,
 * outputs below begin one row later.
 */
public final class AdaptiveTable {
    /** Outputs made from one sample's neighbourhood. */
    public static final int OUTPUTS = 4;

    /** Rows that an output uses, and columns. */
    public static final int TAPS = 6;

    static final int ROW = TAPS * OUTPUTS;

    static final int FILTER = TAPS * ROW;

    final float[] weights;

    /** @param classes number of filters */
    public AdaptiveTable(int classes) {
        weights = new float[Math.multiplyExact(classes, FILTER)];
    }

    /**
     * Sets a weight; weights that are never set are 0.
     *
     * @param row from 0 to 5 among the rows that the output uses; columns count the same way
     * @param output from 0 to 3: those of the upper row, then those of the lower
     */
    public void set(int of, int row, int column, int output, float weight) {
        weights[of * FILTER + row * ROW + column * OUTPUTS + output] = weight;
    }
}
