package io.kinolift.kernel.colour;

import java.lang.foreign.MemorySegment;

/**
 * Row loops around a transposed convolution of red, green and blue: interleaved bytes, and planes of luma and chroma.
 * Chroma is halved and doubled bilinearly. Implementations have no state, and agree to the bit.
 */
public sealed interface RgbKernel permits ScalarRgb, VectorRgb {
    /**
     * Splits interleaved triples of bytes: {@code rows[at[c] + x]} is {@code data[offset + 3 * x + c]}, for x below
     * {@code count}.
     */
    void split(MemorySegment data, long offset, int count, float[] rows, int[] at);

    /** Joins bytes into triples: {@code data[offset + 3 * x + c]} is {@code lines[c][first + x]}. */
    void merge(byte[][] lines, int first, int count, MemorySegment data, long offset);

    /**
     * Converts luma and chroma samples to red from {@code at} on; green and blue follow, each {@code channelStride}
     * behind.
     */
    void toRgb(
            RgbCoefficients of, float[] y, float[] cb, float[] cr, int count, float[] rgb, int at, int channelStride);

    /** Converts red, green and blue from {@code at} on to luma, and to chroma without its neutral value. */
    void fromRgb(
            RgbCoefficients of, float[] r, float[] g, float[] b, int at, int count, float[] y, float[] cb, float[] cr);

    /** {@code near[x] = 0.75 * near[x] + 0.25 * far[x]}: a row between two rows of chroma. */
    void blend(float[] near, float[] far, int count);

    /**
     * Interpolates between the chroma samples of a row: {@code doubled[2x]} and {@code doubled[2x + 1]} are 0.75 of
     * row[x] and 0.25 of the neighbour before and behind; the first and the last sample are their own neighbours.
     *
     * @param doubled at least twice {@code count}
     */
    void twice(float[] row, int count, float[] doubled);

    /** {@code sum[x] += row[2x] + row[2x + 1]}, for x below {@code pairs}. */
    void addPairs(float[] row, int pairs, float[] sum);
}
