package io.kinolift.tensor;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the same case on both sides and keeps the score: the same shape, a small error, or both refuse. */
final class Duel {
    /** How many legal cases all the oracle tests run together. */
    private static final int CASES = Integer.getInteger("kinolift.oracle.cases", 3000);

    private final String name;
    private final double tolerance;
    private int legal;
    private int refused;
    private double largestError;

    /** @param tolerance the largest error allowed, in units of each case's own scale */
    Duel(String name, double tolerance) {
        this.name = name;
        this.tolerance = tolerance;
    }

    /** @param percent this operator's part of all cases */
    static int cases(int percent) {
        return Math.max(1, CASES * percent / 100);
    }

    int legal() {
        return legal;
    }

    int refused() {
        return refused;
    }

    /**
     * @param scale what errors are measured in
     * @param description what it takes to repeat the case
     */
    void fight(Supplier<Tensor> ours, Supplier<Tensor> theirs, DoubleSupplier scale, String description) {
        Object ourResult = attempt(ours);
        Object theirResult = attempt(theirs);
        if (ourResult instanceof Tensor a && theirResult instanceof Tensor b) {
            assertThat(a.shape()).as(description).isEqualTo(b.shape());
            double error = largestDifference(a, b) / scale.getAsDouble();
            assertThat(error).as(description).isLessThanOrEqualTo(tolerance);
            largestError = Math.max(largestError, error);
            legal++;
        } else {
            assertThat(ourResult instanceof Tensor)
                    .as("%s%nours: %s%nlibtorch: %s", description, ourResult, theirResult)
                    .isEqualTo(theirResult instanceof Tensor);
            refused++;
        }
    }

    void report() {
        System.out.printf("%s against libtorch: %d legal cases, %d refused by both, largest error %.3g (limit %.0e)%n",
                name, legal, refused, largestError, tolerance);
    }

    private static Object attempt(Supplier<Tensor> side) {
        try {
            return side.get();
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    static double largestDifference(Tensor a, Tensor b) {
        double largest = 0;
        for (int i = 0; i < a.count(); i++) {
            if (Float.compare(a.data()[i], b.data()[i]) != 0) {
                double difference = Math.abs((double) a.data()[i] - b.data()[i]);
                largest = Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
            }
        }
        return largest;
    }

    static double largestMagnitude(Tensor tensor) {
        double largest = Float.MIN_NORMAL;
        for (float value : tensor.data()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    static String text(Object... parts) {
        return Arrays.deepToString(parts);
    }
}
