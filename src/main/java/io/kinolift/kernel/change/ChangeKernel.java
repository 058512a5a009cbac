package io.kinolift.kernel.change;

import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;

/**
 * Adds up how much the samples of two rows differ, in whole steps of 8 bits, rounded down. Implementations have no state
 * and may be shared by threads.
 */
public sealed interface ChangeKernel permits ScalarChange, VectorChange {
    /** Rows that sums have room for. */
    int MOST_ROWS = 128;

    /**
     * Adds the absolute differences of two rows, column by column.
     *
     * @param atA byte of the first sample
     * @param atB byte of the first sample
     * @param count samples of a row
     * @param sums by sample; room for {@link #MOST_ROWS} rows
     */
    void add(SampleType samples, MemorySegment a, long atA, MemorySegment b, long atB, int count, short[] sums);

    /** Bits of a sample below one step of 8 bits. */
    static int finerBits(SampleType samples) {
        return Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(samples.max()) - Byte.SIZE);
    }
}
