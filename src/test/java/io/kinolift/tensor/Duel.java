package io.kinolift.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

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
        fightAll(() -> List.of(ours.get()), () -> List.of(theirs.get()), scale, description);
    }

    /** The same for operators with several results. */
    void fightAll(
            Supplier<List<Tensor>> ours, Supplier<List<Tensor>> theirs, DoubleSupplier scale, String description) {
        Object ourResult = attempt(ours);
        Object theirResult = attempt(theirs);
        if (ourResult instanceof List<?> a && theirResult instanceof List<?> b) {
            assertThat(a).as(description).hasSameSizeAs(b);
            for (int i = 0; i < a.size(); i++) {
                compare((Tensor) a.get(i), (Tensor) b.get(i), scale.getAsDouble(), description);
            }
            legal++;
        } else {
            assertThat(ourResult instanceof List)
                    .as("%s%nours: %s%nlibtorch: %s", description, ourResult, theirResult)
                    .isEqualTo(theirResult instanceof List);
            refused++;
        }
    }

    private void compare(Tensor ours, Tensor theirs, double scale, String description) {
        assertThat(ours.shape()).as(description).isEqualTo(theirs.shape());
        double error = largestDifference(ours, theirs) / scale;
        assertThat(error).as(description).isLessThanOrEqualTo(tolerance);
        largestError = Math.max(largestError, error);
    }

    void report() {
        System.out.printf(
                "%s against libtorch: %d legal cases, %d refused by both, largest error %.3g (limit %.0e)%n",
                name, legal, refused, largestError, tolerance);
    }

    private static Object attempt(Supplier<List<Tensor>> side) {
        try {
            return side.get();
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    static double largestDifference(Tensor a, Tensor b) {
        double largest = 0;
        for (int i = 0; i < a.count(); i++) {
            if (Float.compare(a.data()[i], b.data()[i]) != 0) { // equal infinities would give NaN
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
