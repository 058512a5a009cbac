package io.kinolift.property;

import org.opentest4j.TestAbortedException;

/**
 * Statements that hold for all inputs, tried with many.
 *
 * <p>The seeds are the same in every run, one per try from the first on. A failure names its seed: {@code
 * -Dkinolift.property.seed=SEED} makes that the first. {@code -Dkinolift.property.tries=10} tries ten times as often.
 */
public final class Property {
    private static final long FIRST_SEED = Long.getLong("kinolift.property.seed", 1);
    private static final int TIMES = Integer.getInteger("kinolift.property.tries", 1);

    private Property() {}

    /** What is said of inputs; it throws where it does not hold. */
    @FunctionalInterface
    public interface Statement {
        void check(Inputs inputs) throws Exception;
    }

    /** Fails at the first inputs for which a statement does not hold. */
    public static void holds(int tries, Statement statement) {
        holds(FIRST_SEED, Math.multiplyExact(tries, TIMES), statement);
    }

    static void holds(long firstSeed, int tries, Statement statement) {
        for (int one = 0; one < tries; one++) {
            long seed = firstSeed + one;
            Inputs inputs = new Inputs(seed);
            try {
                statement.check(inputs);
            } catch (TestAbortedException e) {
                throw e;
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        String.format(
                                "try %d of %d, -Dkinolift.property.seed=%d, inputs %s: %s",
                                one + 1, tries, seed, inputs, e),
                        e);
            }
        }
    }
}
