package io.kinolift.frame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * One plane of samples in native memory.
 *
 * @param data row 0 starts at byte 0; row y at byte {@code y * stride}
 * @param width positions per row
 * @param height rows
 * @param components interleaved samples per position
 * @param sampleBytes 1, or 2 for little-endian shorts
 * @param stride bytes from one row to the next, at least {@link #rowBytes()}
 */
public record Plane(MemorySegment data, int width, int height, int components, int sampleBytes, long stride) {
    /** A sample of two bytes; addresses need no alignment. */
    public static final ValueLayout.OfShort SHORT_SAMPLE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Samples of a row, of all components. */
    public int rowSamples() {
        return width * components;
    }

    /** Bytes of a row, without padding. */
    public int rowBytes() {
        return rowSamples() * sampleBytes;
    }

    /** Sample i of row y, counting components. Slow: not for loops that have to be fast. */
    public int sample(int i, int y) {
        long at = y * stride + (long) i * sampleBytes;
        return sampleBytes == Byte.BYTES
                ? Byte.toUnsignedInt(data.get(ValueLayout.JAVA_BYTE, at))
                : Short.toUnsignedInt(data.get(SHORT_SAMPLE, at));
    }

    /** Sets sample i of row y to a value that it can hold. */
    public void set(int i, int y, int value) {
        long at = y * stride + (long) i * sampleBytes;
        if (sampleBytes == Byte.BYTES) {
            data.set(ValueLayout.JAVA_BYTE, at, (byte) value);
        } else {
            data.set(SHORT_SAMPLE, at, (short) value);
        }
    }
}
