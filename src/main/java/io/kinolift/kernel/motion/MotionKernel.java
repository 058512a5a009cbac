package io.kinolift.kernel.motion;

/**
 * Compares blocks of 8x8 samples. Implementations have no state and may be shared by threads. Everything is whole
 * numbers, so the order of sums does not matter.
 */
public sealed interface MotionKernel permits ScalarMotion, VectorMotion {
    /** Samples of a block on each axis. */
    int BLOCK = 8;
    /** What {@link #together} never exceeds: the half blocks in 512 bits, less one. */
    int MOST_TOGETHER = 15;
    /** Steps of a vector or position per sample. */
    int STEPS = 16;
    /** Difference of samples up to which they stay the same. */
    int SAME = 2;
    /** Rise from a sample to another that makes an edge. */
    int EDGE = 24;

    /**
     * Differences of blocks that move alike, in quarter steps of a sample; each block begins half a block to the right of
     * the one before. Reads one row below the blocks, and up to 64 samples behind the last.
     *
     * @param atA of the first block's first sample; the rest as for one block
     * @param count blocks
     * @param room for {@link #room} shorts, to work in
     * @param to where the first of {@code count} differences goes
     */
    void differences(
            byte[] a,
            int atA,
            int fractionA,
            byte[] b,
            int atB,
            int fractionB,
            int stride,
            int count,
            short[] room,
            int[] differences,
            int to);

    /** Shorts that {@link #differences} needs. */
    static int room(int count) {
        return 4 * count + 12 * BLOCK * BLOCK;
    }

    /** Blocks, {@link #MOST_TOGETHER} at most, that {@link #differences} compares as fast as one of them. */
    int together(boolean onWholeSamples);

    /** Sum of absolute differences of two blocks on whole samples, by where their first samples are. */
    int difference(byte[] a, int atA, byte[] b, int atB, int stride);

    /**
     * The same of two blocks between samples, interpolated linearly, in quarter steps of a sample.
     *
     * @param fractionA steps to the right of {@code atA}, and {@link #STEPS} times those below
     */
    int difference(byte[] a, int atA, int fractionA, byte[] b, int atB, int fractionB, int stride);

    /**
     * Linearises the difference of two blocks in a move of the two apart. Reads two samples around the blocks, and up to
     * nine to the right.
     */
    void slopes(byte[] a, int atA, int fractionA, byte[] b, int atB, int fractionB, int stride, SlopeSums sums);

    /**
     * Counts edges that stand still: samples that are the same in both pictures, and from which both rise or both fall
     * by {@link #EDGE} or more to a neighbour.
     *
     * @param around offsets of the neighbours in samples; negative is before
     * @param counts one more in it for each sample of {@code count} that is found
     */
    void countStillEdges(byte[] a, byte[] b, int at, int count, int[] around, byte[] counts);
}
