package io.kinolift.kernel.change;

import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Compares two kernels of change on a few rows of every kind of sample. */
public final class ChangeSelfCheck {
    private static final int COUNT = 97;
    private static final List<SampleType> SAMPLES =
            List.of(SampleType.BYTES, SampleType.upTo(1023), SampleType.upTo(65_535), new SampleType(1023, 6));

    private ChangeSelfCheck() {}

    public static boolean agree(ChangeKernel expected, ChangeKernel found) {
        return SAMPLES.stream().allMatch(samples -> Arrays.equals(sums(expected, samples), sums(found, samples)));
    }

    /** Of three rows that begin at an odd byte. */
    private static short[] sums(ChangeKernel kernel, SampleType samples) {
        SplittableRandom random = new SplittableRandom(20_261_129);
        short[] sums = new short[COUNT];
        for (int row = 0; row < 3; row++) {
            MemorySegment a = row(random, samples);
            MemorySegment b = row(random, samples);
            kernel.add(samples, a, 1, b, 1, COUNT, sums);
        }
        return sums;
    }

    private static MemorySegment row(SplittableRandom random, SampleType samples) {
        MemorySegment row = MemorySegment.ofArray(new byte[1 + COUNT * Short.BYTES]);
        for (int x = 0; x < COUNT; x++) {
            samples.set(row, 1, x, random.nextInt(samples.max() + 1));
        }
        return row;
    }
}
