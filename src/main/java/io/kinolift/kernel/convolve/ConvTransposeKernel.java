package io.kinolift.kernel.convolve;

import io.kinolift.kernel.colour.RgbKernel;
import io.kinolift.kernel.sample.Samples;
import java.lang.foreign.MemorySegment;

/**
 * Row loops of a transposed convolution in float32. Implementations have no state and may be shared by threads.
 *
 * <p>One sum per output starts at its bias and takes its terms in the table's order, each by one fused multiply-add.
 * That is the whole arithmetic: a term of weight 0 changes no sum but the sign of a zero.
 */
public sealed interface ConvTransposeKernel permits ScalarConvTranspose, VectorConvTranspose {
    /** Columns per step. Rows must be readable, sums and lines writable, this far beyond the last column. */
    int slack();

    /** Columns that are best summed at once: so few that sums stay in the nearest cache, and whole steps of tiles. */
    int chunk();

    /** The most neighbouring sums that it makes at once; for {@link ConvTransposeTable}. */
    int largestTile();

    /**
     * Converts samples to float.
     *
     * @param offset of the first sample in {@code data}, in bytes
     * @param step samples from one to the next that is taken
     */
    void widen(Samples samples, MemorySegment data, long offset, int step, int count, float[] row, int at);

    /**
     * Makes, for every sum m of the table and every column q below {@code count},
     * {@code sums[at + m * stride + q] = bias[m] + weight[0][m] * rows[positions[0] + from + q] + ...}.
     *
     * @param positions of column 0 in {@code rows}, one per term
     * @param from first column
     * @param stride from one sum to the next, at least {@code count} + {@link #slack()}
     */
    void accumulate(
            ConvTransposeTable table,
            int[] positions,
            float[] rows,
            int from,
            int count,
            float[] sums,
            int at,
            int stride);

    /**
     * Rounds sums to bytes, floor(v + 0.5f) clamped to 0..255, and joins the phases of a row:
     * {@code line[lineAt + q * phases + r]} is made of {@code sums[at + r * stride + q]}.
     */
    void round(float[] sums, int at, int stride, int phases, int count, byte[] line, int lineAt);

    /** The same of shorts: clamped to 0 and the largest sample, and as they lie in memory. */
    void round(Samples samples, float[] sums, int at, int stride, int phases, int count, short[] line, int lineAt);

    /** Joins likewise, without rounding. */
    void join(float[] sums, int at, int stride, int phases, int count, float[] line, int lineAt);

    /** Its loops for red, green and blue. */
    RgbKernel rgb();
}
