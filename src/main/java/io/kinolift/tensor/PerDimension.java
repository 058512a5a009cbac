package io.kinolift.tensor;

import java.util.Arrays;

/**
 * Settings that are one number for all spatial dimensions or one for each, as PyTorch takes them.
 *
 * <p>Sliding operators are written once, for depth, height and width: with fewer dimensions the first ones are of size
 * 1, stepped over by a kernel of size 1.
 */
final class PerDimension {
    private PerDimension() {}

    static int get(String name, int[] values, int dimension, int dimensions) {
        checkLength(name, values.length, Arrays.toString(values), dimensions);
        return values[values.length == 1 ? 0 : dimension];
    }

    static double get(String name, double[] values, int dimension, int dimensions) {
        checkLength(name, values.length, Arrays.toString(values), dimensions);
        return values[values.length == 1 ? 0 : dimension];
    }

    /**
     * One value for each of depth, height and width; {@code neutral} stands where there is no such dimension.
     *
     * @throws IllegalArgumentException if the number of values is wrong or one is below {@code least}
     */
    static int[] three(String name, int[] values, int dimensions, int neutral, int least) {
        int[] three = new int[3];
        Arrays.fill(three, neutral);
        for (int d = 0; d < dimensions; d++) {
            int value = get(name, values, d, dimensions);
            if (value < least) {
                throw new IllegalArgumentException(
                        "expected " + name + " to be at least " + least + ", found " + Arrays.toString(values));
            }
            three[3 - dimensions + d] = value;
        }
        return three;
    }

    /** The last {@code dimensions} sizes of a tensor as depth, height and width. */
    static int[] volume(int[] shape, int dimensions) {
        return three("size", Arrays.copyOfRange(shape, shape.length - dimensions, shape.length), dimensions, 1, 1);
    }

    private static void checkLength(String name, int length, String found, int dimensions) {
        if (length != 1 && length != dimensions) {
            throw new IllegalArgumentException("expected " + name + " to be one number or one for each of " + dimensions
                    + " spatial dimensions, found " + found);
        }
    }
}
