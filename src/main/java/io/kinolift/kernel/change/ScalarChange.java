package io.kinolift.kernel.change;

import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;

/** The loop that defines the result. */
public final class ScalarChange implements ChangeKernel {
    @Override
    public void add(SampleType samples, MemorySegment a, long atA, MemorySegment b, long atB, int count, short[] sums) {
        add(samples, a, atA, b, atB, 0, count, sums);
    }

    static void add(
            SampleType samples, MemorySegment a, long atA, MemorySegment b, long atB, int from, int to, short[] sums) {
        int finer = ChangeKernel.finerBits(samples);
        for (int x = from; x < to; x++) {
            int difference = samples.get(a, atA, x) - samples.get(b, atB, x);
            sums[x] += (short) (Math.abs(difference) >> finer);
        }
    }
}
