package io.kinolift.kernel.adapt;

/**
 * Row loops for factor 2 in height and width with a separate filter for every sample, in float32. Implementations have
 * no state and may be shared by threads.
 *
 * <p>Each of a sample's four outputs is the sum of four partial sums, {@code (s0 + s2) + (s1 + s3)}. Partial sum s
 * takes columns s and s + 4 of the neighbourhood, row by row, and adds each term by one fused multiply-add. So the
 * lanes of a vector are outputs, and the samples need no reordering.
 */
public sealed interface AdaptiveKernel permits ScalarAdaptive, VectorAdaptive {
    /** The number of samples that {@link #spread} reads and writes beyond the last one. */
    int SLACK = 16;

    /**
     * Writes every sample four times, once for each of its outputs, in the form that {@link #filter} reads. Up to
     * {@link #SLACK} more samples, of any value, are written behind them.
     *
     * @param row {@code count} samples, then {@link #SLACK} more of any value
     */
    void spread(int[] row, int count, float[] to, int at);

    /**
     * Makes the outputs of a row: {@code sums[4 * x]} and the next three belong to sample x.
     *
     * @param classes the filter number of every sample
     * @param rows spread samples
     * @param positions for each of the seven rows, the index in {@code rows} of the first column of sample 0's
     *     neighbourhood
     * @param partial working memory for 8 numbers per sample
     */
    void filter(
            AdaptiveTable table,
            int[] classes,
            float[] rows,
            int[] positions,
            int count,
            float[] partial,
            float[] sums);
}
