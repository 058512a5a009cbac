package io.kinolift.kernel.motion;

import java.lang.foreign.MemorySegment;

/**
 * Makes blocks between two pictures. Blocks of 8x8 overlap by half with weights that rise and fall linearly, so that
 * every sample is the weighted mean of what four motions give. Float32 in the order of {@link ScalarWarp}.
 * Implementations have no state and may be shared by threads.
 */
public sealed interface WarpKernel permits ScalarWarp, VectorWarp {
    int BLOCK = MotionKernel.BLOCK;
    /** Rows of sums, which are used in turns. */
    int RING = 8;

    /**
     * Adds a block, weighted.
     *
     * @param atA of the block's first sample in the first picture, moved by whole samples; {@code fractionA} is the rest
     * @param plain of the block's first sample in both pictures when nothing moves
     * @param sums {@link #RING} rows of {@code sumStride}; row y of the picture is row y mod {@link #RING}
     * @param row the first row of the block, modulo {@link #RING}
     * @param column where in a row of sums the block begins
     */
    void addBlock(
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
            int column);

    /** Widens a row of bytes, or of little-endian shorts where {@code sampleBytes} is 2, {@code step} samples apart. */
    void widen(MemorySegment data, long offset, int sampleBytes, int step, float[] row, int at, int count);

    /** Rounds sums half up and holds them to 0..largest; the inverse of {@link #widen}. */
    void round(
            float[] sums, int at, int count, int largest, MemorySegment data, long offset, int sampleBytes, int step);
}
