package io.kinolift.tensor;

import java.util.Arrays;

/** Arithmetic on shapes. Refuses shapes that do not fit a Java array before anything is allocated. */
final class Shapes {
    static final int MAX_RANK = 5;

    private Shapes() {}

    /**
     * The number of elements of a shape.
     *
     * @throws IllegalArgumentException if there are no or too many dimensions, if one is below 1, or if the elements
     *     do not fit one array
     */
    static int count(long... shape) {
        if (shape.length < 1 || shape.length > MAX_RANK) {
            throw new IllegalArgumentException(
                    "expected 1 to " + MAX_RANK + " dimensions, found shape " + Arrays.toString(shape));
        }
        long count = 1;
        for (long size : shape) {
            if (size < 1) {
                throw new IllegalArgumentException(
                        "expected every dimension to be at least 1, found shape " + Arrays.toString(shape));
            }
            count = multiply(count, size, shape);
        }
        return (int) count;
    }

    private static long multiply(long count, long size, long[] shape) {
        long product;
        try {
            product = Math.multiplyExact(count, size);
        } catch (ArithmeticException e) {
            product = Long.MAX_VALUE;
        }
        if (product > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "expected at most " + Integer.MAX_VALUE + " elements, found shape " + Arrays.toString(shape));
        }
        return product;
    }

    /** The same shape as ints, once it is known to fit. */
    static int[] checked(long... shape) {
        count(shape);
        return Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    }

    static long[] asLongs(int... shape) {
        return Arrays.stream(shape).asLongStream().toArray();
    }

    /** The product of {@code shape[from]} to {@code shape[to - 1]} of a shape that is known to fit. */
    static int product(int[] shape, int from, int to) {
        int product = 1;
        for (int d = from; d < to; d++) {
            product *= shape[d];
        }
        return product;
    }
}
