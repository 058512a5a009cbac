package io.kinolift.metrics;

import java.util.Arrays;

/** The last few latencies, for quantiles of now. */
final class RecentLatencies {
    private static final int SIZE = 256;

    private final long[] millis = new long[SIZE];
    private long count;

    synchronized void add(long value) {
        millis[(int) (count++ % SIZE)] = value;
    }

    /**
     * The latency that a share of the recent frames stays below.
     *
     * @return milliseconds, or -1 before the first
     */
    synchronized long quantile(double q) {
        int filled = (int) Math.min(count, SIZE);
        if (filled == 0) {
            return -1;
        }
        long[] sorted = Arrays.copyOf(millis, filled);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(filled - 1L, (long) (q * filled))];
    }
}
