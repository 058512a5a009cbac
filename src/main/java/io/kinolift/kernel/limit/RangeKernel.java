package io.kinolift.kernel.limit;

/**
 * Loops over rows of samples, for {@link RangeLimit}. Implementations have no state and may be shared by threads. Arrays
 * have room for {@link #SLACK} more than what is asked for, which is read and written, of any value.
 */
public sealed interface RangeKernel permits ScalarRange, VectorRange {
    /** Samples behind those asked for. */
    int SLACK = 64;

    /**
     * Samples of bytes.
     *
     * @param at the first sample that is written
     */
    void widen(byte[] bytes, short[] samples, int at, int count);

    /** Samples of pairs of bytes, the lower byte of each on the left. */
    void split(short[] pairs, short[] left, short[] right, int count);

    /**
     * Widens the range of every sample by the 3x3 around it, and how far it stands out of its neighbours on either side, or
     * lies below, along the axis where it does so more.
     *
     * @param row those in the middle, from the one before the first sample to the one behind the last; likewise
     *     {@code above} and {@code below}
     */
    void add(
            short[] above, short[] row, short[] below, short[] low, short[] high, short[] peak, short[] pit, int count);

    /**
     * Makes limits of ranges: wider on either side by a share of the range, rounded, and by 3/8 of what the sample stands out
     * of it or lies below. Less than 3/8, measured, blurs thin lines.
     *
     * @param low by sample, overwritten; likewise {@code high}
     * @param room the share, in {@link RangeLimit#UNIT}ths
     */
    void widenRange(short[] low, short[] high, short[] peak, short[] pit, int room, int largest, int count);

    /** Sets bits of {@code touched} where an output is outside the range. */
    void touch(short[] output, short[] low, short[] high, short[] touched, int count);
}
