package io.kinolift.tensor;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random parameters of one oracle case; the same seed gives the same case. */
final class Draw {
    private final RandomGenerator random;

    Draw(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Both ends included. */
    int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    double between(double low, double high) {
        return random.nextDouble(low, high);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    @SafeVarargs
    final <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    int[] each(int count, int low, int high) {
        int[] values = new int[count];
        Arrays.setAll(values, i -> between(low, high));
        return values;
    }

    /** Samples of mixed magnitude around zero, in a range that the case chooses. */
    Tensor tensor(int... shape) {
        float range = (float) Math.pow(10, between(-2, 3));
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.count(); i++) {
            tensor.data()[i] = range * (random.nextFloat() * 2 - 1);
        }
        return tensor;
    }

    /** (N, C, ...) with spatial sizes up to {@code largest}, fewer planes where there are more dimensions. */
    int[] signalShape(int dimensions, int largest) {
        int[] shape = new int[dimensions + 2];
        shape[0] = between(1, dimensions == 3 ? 2 : 3);
        shape[1] = between(1, dimensions == 3 ? 3 : 6);
        for (int d = 0; d < dimensions; d++) {
            shape[d + 2] = between(1, largest);
        }
        return shape;
    }
}
