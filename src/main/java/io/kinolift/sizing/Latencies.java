package io.kinolift.sizing;

/** Counts of times in steps of about 2 %. */
final class Latencies {
    private static final int STEPS_PER_DECADE = 100;
    private static final double LEAST = 1e-4;
    private static final int STEPS = 8 * STEPS_PER_DECADE;

    private final long[] counts = new long[STEPS];
    private long count;
    private double sum;

    void add(double seconds) {
        int step = seconds <= LEAST ? 0 : (int) (Math.log10(seconds / LEAST) * STEPS_PER_DECADE);
        counts[Math.min(step, STEPS - 1)]++;
        count++;
        sum += seconds;
    }

    void add(Latencies others) {
        for (int step = 0; step < STEPS; step++) {
            counts[step] += others.counts[step];
        }
        count += others.count;
        sum += others.sum;
    }

    /** In seconds; 0 without any. */
    double mean() {
        return count == 0 ? 0 : sum / count;
    }

    /** The seconds that a share of all times stays within, to the end of its step; 0 without any. */
    double quantile(double share) {
        long wanted = (long) Math.ceil(share * count);
        long passed = 0;
        for (int step = 0; step < STEPS && count > 0; step++) {
            passed += counts[step];
            if (passed >= wanted) {
                return LEAST * Math.pow(10, (step + 1.0) / STEPS_PER_DECADE);
            }
        }
        return 0;
    }
}
