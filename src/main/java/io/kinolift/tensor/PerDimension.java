package io.kinolift.tensor;

import java.util.Arrays;

/** Settings that are one number for all spatial dimensions or one for each, as PyTorch takes them. */
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

    private static void checkLength(String name, int length, String found, int dimensions) {
        if (length != 1 && length != dimensions) {
            throw new IllegalArgumentException("expected " + name + " to be one number or one for each of " + dimensions
                    + " spatial dimensions, found " + found);
        }
    }
}
