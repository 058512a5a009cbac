package io.kinolift.ffmpeg;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Checks that samples are in range, because kernels rely on it. Shorts from outside can hold more than their depth allows. */
public final class SampleRange {
    private static final ValueLayout.OfLong FOUR_SAMPLES =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int IN_A_LONG = Long.BYTES / Short.BYTES;

    private SampleRange() {}

    /** Whether no sample has bits that its format does not use. */
    public static boolean holds(Picture picture) {
        PixelFormat format = picture.format();
        if (format.sampleBytes() == Byte.BYTES || format.bitDepth() == Short.SIZE) {
            return true;
        }
        int unused = 0xFFFF & ~(format.maxSample() << format.sampleShift());
        long unusedOfFour = unused * 0x0001_0001_0001_0001L;
        long found = 0;
        for (Plane plane : picture.planes()) {
            for (int y = 0; y < plane.height(); y++) {
                found |= bits(plane, y, unusedOfFour);
            }
        }
        return found == 0;
    }

    private static long bits(Plane plane, int y, long mask) {
        long row = y * plane.stride();
        long found = 0;
        int i = 0;
        for (; i <= plane.rowSamples() - IN_A_LONG; i += IN_A_LONG) {
            found |= plane.data().get(FOUR_SAMPLES, row + (long) Short.BYTES * i);
        }
        for (; i < plane.rowSamples(); i++) {
            found |= Short.toUnsignedInt(plane.data().get(Plane.SHORT_SAMPLE, row + (long) Short.BYTES * i));
        }
        return found & mask;
    }
}
