package io.kinolift.kernel.limit;

/**
 * Loops over rows of samples, for {@link RangeLimit}. Implementations have no state and may be shared by threads.
 * Arrays have room for {@link #SLACK} more samples than asked for; the loops read and write them, and they may have any
 * value.
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

    /** Splits pairs of bytes into samples; the lower byte of each pair goes to the left. */
    void split(short[] pairs, short[] left, short[] right, int count);

    /**
     * Widens the range of every sample by the 3x3 samples around it. Also finds how far the sample rises above or falls
     * below its neighbours on either side, along the axis with the larger difference.
     *
     * @param row the middle row, from the sample before the first to the one behind the last; {@code above} and {@code
     *     below} have the same extent
     */
    void add(
            short[] above, short[] row, short[] below, short[] low, short[] high, short[] peak, short[] pit, int count);

    /**
     * Turns ranges into limits: wider on either side by a share of the range, rounded, and by 3/8 of the sample's
     * height above or depth below its neighbours. By measurement, less than 3/8 blurs thin lines.
     *
     * @param low lower end by sample, overwritten; {@code high} is the upper end, also overwritten
     * @param room the share, in {@link RangeLimit#UNIT}ths
     */
    void widenRange(short[] low, short[] high, short[] peak, short[] pit, int room, int largest, int count);

    /** Sets bits of {@code touched} for outputs outside the range. */
    void touch(short[] output, short[] low, short[] high, short[] touched, int count);
}
