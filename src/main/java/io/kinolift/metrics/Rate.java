package io.kinolift.metrics;

/** Events per second over the last full seconds. */
final class Rate {
    private static final int SECONDS = 5;

    private final long[] counts = new long[SECONDS + 1];
    private long second;

    /** @param nanos now, by {@link System#nanoTime} */
    synchronized void add(long nanos) {
        advance(nanos);
        counts[slot(second)]++;
    }

    synchronized double perSecond(long nanos) {
        advance(nanos);
        long sum = -counts[slot(second)];
        for (long count : counts) {
            sum += count;
        }
        return (double) sum / SECONDS;
    }

    private void advance(long nanos) {
        long now = Math.floorDiv(nanos, 1_000_000_000L);
        for (long passed = Math.max(second + 1, now - SECONDS); passed <= now; passed++) {
            counts[slot(passed)] = 0;
        }
        second = Math.max(second, now);
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, SECONDS + 1);
    }
}
