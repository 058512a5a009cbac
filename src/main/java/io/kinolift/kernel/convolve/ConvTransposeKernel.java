package io.kinolift.kernel.convolve;

import io.kinolift.kernel.colour.RgbKernel;
import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;

/**
 * Row loops of a transposed convolution in float32. Implementations have no state and may be shared by threads.
 *
 * <p>Each output has one sum, which starts at its bias and adds its terms in the table's order, each by one fused
 * multiply-add. There is no other arithmetic: a term of weight 0 changes no sum except the sign of a zero.
 */
public sealed interface ConvTransposeKernel permits ScalarConvTranspose, VectorConvTranspose {
    /** Columns per step. Rows must be readable, and sums and lines writable, this far beyond the last column. */
    int slack();

    /**
     * The best number of columns to sum at once: few enough to keep sums in the nearest cache, and a whole number of
     * tile steps.
     */
    int chunk();

    /** The largest number of neighbouring sums made at once; for {@link ConvTransposeTable}. */
    int largestTile();

    /**
     * Converts samples to float.
     *
     * @param offset of the first sample in {@code data}, in bytes
     * @param step distance in samples from one converted sample to the next
     */
    void widen(SampleType samples, MemorySegment data, long offset, int step, int count, float[] row, int at);

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

    /** The same for shorts: clamped to 0 and the largest sample, in the layout of their memory. */
    void round(SampleType samples, float[] sums, int at, int stride, int phases, int count, short[] line, int lineAt);

    /** Joins the phases of a row without rounding. */
    void join(float[] sums, int at, int stride, int phases, int count, float[] line, int lineAt);

    /** The kernel's loops for red, green and blue. */
    RgbKernel rgb();
}
