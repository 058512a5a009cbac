package io.kinolift.frame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * One plane of samples in native memory.
 *
 * @param format format of the picture that the plane belongs to
 * @param index its place among the format's planes
 * @param data row 0 starts at byte 0; row y at byte {@code y * stride}
 * @param width positions per row
 * @param height rows
 * @param stride bytes from one row to the next, at least {@link #rowBytes()}
 */
public record Plane(PixelFormat format, int index, MemorySegment data, int width, int height, long stride) {
    /** A sample of two bytes; addresses need no alignment. */
    public static final ValueLayout.OfShort SHORT_SAMPLE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** The plane of a picture with this many columns and rows. */
    public static Plane of(
            PixelFormat format, int index, MemorySegment data, int pictureWidth, int pictureHeight, long stride) {
        return new Plane(
                format,
                index,
                data,
                format.planeWidth(index, pictureWidth),
                format.planeHeight(index, pictureHeight),
                stride);
    }

    /** The roles of its components, in their order. */
    public List<Role> roles() {
        return format.roles(index);
    }

    /** Interleaved samples per position. */
    public int components() {
        return format.components(index);
    }

    /** Bytes per sample: 1, or 2 for little-endian shorts. */
    public int sampleBytes() {
        return format.sampleBytes();
    }

    /** Samples in a row, counting all components. */
    public int rowSamples() {
        return width * components();
    }

    /** Bytes of a row, without padding. */
    public int rowBytes() {
        return rowSamples() * sampleBytes();
    }

    /** Sample i of row y, counting components. Too slow for loops that have to be fast. */
    public int sample(int i, int y) {
        int sampleBytes = sampleBytes();
        long at = y * stride + (long) i * sampleBytes;
        return sampleBytes == Byte.BYTES
                ? Byte.toUnsignedInt(data.get(ValueLayout.JAVA_BYTE, at))
                : Short.toUnsignedInt(data.get(SHORT_SAMPLE, at)) >> format.sampleShift();
    }

    /** Sets sample i of row y; the value must fit the sample. */
    public void set(int i, int y, int value) {
        int sampleBytes = sampleBytes();
        long at = y * stride + (long) i * sampleBytes;
        if (sampleBytes == Byte.BYTES) {
            data.set(ValueLayout.JAVA_BYTE, at, (byte) value);
        } else {
            data.set(SHORT_SAMPLE, at, (short) (value << format.sampleShift()));
        }
    }
}
