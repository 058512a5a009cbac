package io.kinolift.kernel.sample;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * One of two kinds of sample: bytes, or unsigned little-endian shorts with a given number of bits in use. Neighbours
 * lie side by side, and are counted.
 *
 * @param max the largest sample; up to 255 they are bytes, up to 65535 shorts
 * @param shift zero bits below a sample, for shorts that keep samples in their upper bits; 0 otherwise
 */
public record SampleType(int max, int shift) {
    public static final SampleType BYTES = new SampleType(255, 0);

    private static final int MAX_BYTE = 255;
    private static final int MAX_SHORT = 65_535;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** @throws IllegalArgumentException if a sample does not fit a short */
    public SampleType {
        if (max < 1 || shift < 0 || (long) max << shift > MAX_SHORT) {
            throw new IllegalArgumentException(
                    "expected samples of at most " + MAX_SHORT + ", found " + max + " shifted by " + shift);
        }
    }

    public static SampleType upTo(int max) {
        return new SampleType(max, 0);
    }

    public boolean areBytes() {
        return max <= MAX_BYTE;
    }

    /** Bytes of a sample. */
    public int size() {
        return areBytes() ? Byte.BYTES : Short.BYTES;
    }

    /** The sample at an index, counted from the sample at byte {@code offset}. */
    public int get(MemorySegment data, long offset, long place) {
        return areBytes()
                ? Byte.toUnsignedInt(data.get(ValueLayout.JAVA_BYTE, offset + place))
                : Short.toUnsignedInt(data.get(SHORT, offset + Short.BYTES * place)) >> shift;
    }

    public void set(MemorySegment data, long offset, long place, int value) {
        if (areBytes()) {
            data.set(ValueLayout.JAVA_BYTE, offset + place, (byte) value);
        } else {
            data.set(SHORT, offset + Short.BYTES * place, (short) (value << shift));
        }
    }

    /** Rounds half up to a sample. */
    public int round(float value) {
        // Truncation is floor for non-negative numbers, and the clamp handles the rest.
        return Math.clamp((int) (value + 0.5f), 0, max);
    }
}
