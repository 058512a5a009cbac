package io.kinolift.kernel.motion;

import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;

/**
 * Makes blocks between two pictures. Blocks of 8x8 overlap by half with weights that rise and fall linearly, so that
 * every sample is the weighted mean of what four motions give. Float32 in the order of {@link ScalarWarp}.
 * Implementations have no state and may be shared by threads.
 */
public sealed interface WarpKernel permits ScalarWarp, VectorWarp {
    int BLOCK = MotionKernel.BLOCK;
    /** Samples from a block to the next. */
    int HALF = BLOCK / 2;
    /** Rows of sums, which are used in turns. */
    int RING = 8;

    /**
     * Adds blocks that move alike, weighted. Each begins half a block to the right of the one before.
     *
     * @param atA of the first block's first sample in the first picture, moved by whole samples; {@code fractionA} is the rest
     * @param plain of the first block's first sample in both pictures when nothing moves
     * @param sums {@link #RING} rows of {@code sumStride}; row y of the picture is row y mod {@link #RING}
     * @param row the first row of the blocks, modulo {@link #RING}
     * @param column where in a row of sums the first block begins
     */
    void addBlocks(
            SampleGrid a,
            int atA,
            int fractionA,
            SampleGrid b,
            int atB,
            int fractionB,
            int plain,
            BlockJoin join,
            float[] sums,
            int sumStride,
            int row,
            int column,
            int count);

    /**
     * Widens a row of samples, {@code step} of them apart.
     *
     * @param offset of the first sample, in bytes
     */
    void widen(SampleType samples, MemorySegment data, long offset, int step, float[] row, int at, int count);

    /**
     * Half of two rows, as {@link LumaLevel#half}.
     *
     * @param at of the first sample of the upper row; there are as many before as {@link LumaLevel#MARGIN}
     * @param count samples of the result
     * @param room for {@link #room} shorts, to work in
     */
    void halve(byte[] samples, int at, int stride, byte[] half, int halfAt, int count, short[] room);

    /** Shorts that {@link #halve} needs. */
    static int room(int count) {
        return 2 * (count + LumaLevel.MARGIN);
    }

    /**
     * Rounds sums half up, holds them to what the samples can be, and writes them {@code step} samples apart; the inverse of
     * {@link #widen}.
     *
     * @param offset of the first sample, in bytes
     */
    void round(SampleType samples, float[] sums, int at, int count, MemorySegment data, long offset, int step);
}
