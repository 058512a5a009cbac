package io.kinolift.weights;

import java.util.Arrays;

/**
 * One tensor as the header describes it.
 *
 * @param begin first byte, counted from the end of the header
 * @param end the byte after the last
 */
record Entry(String name, Dtype dtype, long[] shape, long begin, long end) {
    /** Checks that the shape fills the bytes exactly. */
    Entry {
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("expected data_offsets to ascend, found [" + begin + ", " + end + "]");
        }
        long expected = dtype.bytes();
        try {
            for (long size : shape) {
                if (size < 0) {
                    throw new IllegalArgumentException("expected sizes of at least 0, found " + Arrays.toString(shape));
                }
                expected = Math.multiplyExact(expected, size);
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("expected a shape that fits, found " + Arrays.toString(shape), e);
        }
        if (expected != end - begin) {
            throw new IllegalArgumentException("expected " + expected + " bytes for " + dtype + Arrays.toString(shape)
                    + ", found " + (end - begin));
        }
    }
}
