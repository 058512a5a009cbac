package io.kinolift.kernel.adapt;

/**
 * Row loops for factor 2 in height and width with a separate filter for every sample, in float32. Implementations have
 * no state and may be shared by threads.
 *
 * <p>A sample's four outputs are made from the 7x7 samples around it. Each uses 6x6 of them: the outputs on the left
 * leave out the last column, those on the right the first, and the same goes for rows.
 *
 * <p>An output is the sum of four partial sums, {@code (s0 + s2) + (s1 + s3)}. Partial sum s takes columns s and s + 4
 * of the output's six, row by row, and adds each term by one fused multiply-add. So the lanes of a vector are outputs.
 */
public sealed interface AdaptiveKernel permits ScalarAdaptive, VectorAdaptive {
    /** The number of samples that the loops read and write beyond the last one. */
    int SLACK = 16;

    /**
     * Joins two rows for {@link #filter}: column x of {@code upper}, then column x of {@code lower}. Up to
     * {@link #SLACK} more columns, of any value, are written behind them.
     *
     * @param upper {@code count} samples, then {@link #SLACK} more of any value; {@code lower} is the next row
     */
    void join(float[] upper, float[] lower, int count, float[] to, int at);

    /**
     * Makes the two rows of outputs of a row: {@code 2 * x} and {@code 2 * x + 1} of both belong to sample x.
     *
     * @param classes the filter number of every sample, and of one more
     * @param rows joined rows
     * @param positions for each row with its next one, six in all: the index in {@code rows} of the first column of
     *     sample 0's neighbourhood; columns of one more sample are read
     * @param upper two outputs per sample, and room for {@link #SLACK} more; {@code lower} is the next row
     */
    void filter(
            AdaptiveTable table, int[] classes, float[] rows, int[] positions, int count, float[] upper, float[] lower);
}
