package io.kinolift.kernel.adapt;

/**
 * Row loops of factor 2 both ways with a filter of its own for every sample, in float32. Implementations have no state
 * and may be shared by threads.
 *
 * <p>Each of a sample's four outputs is the sum of four sums, {@code (s0 + s2) + (s1 + s3)}. Sum s takes columns s and
 * s + 4 of the neighbourhood, row by row, each term by one fused multiply-add. The lanes of a vector are then outputs,
 * and no other order of the samples is needed than the one that they have.
 */
public sealed interface AdaptiveKernel permits ScalarAdaptive, VectorAdaptive {
    /** Samples behind the last one of {@link #spread} that are read, and written by it. */
    int SLACK = 16;

    /**
     * Writes every sample four times over, once for each of its outputs: the form that {@link #filter} takes. Up to
     * {@link #SLACK} more are written behind, of any value.
     *
     * @param row {@code count} samples, and {@link #SLACK} more of any value
     */
    void spread(int[] row, int count, float[] to, int at);

    /**
     * Makes the outputs of a row: {@code sums[4 * x]} and the following three are those of sample x.
     *
     * @param classes of every sample, which filter it takes
     * @param rows spread samples
     * @param positions in {@code rows}, of the seven rows, each of sample 0's neighbourhood's first column
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
