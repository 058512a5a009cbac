package io.kinolift.registry;

import java.util.function.LongSupplier;

/** A bound on requests: so many at once, and so many per second in the long run. Not safe for several threads. */
final class RequestRate {
    private final int burst;
    private final long nanosPerRequest;
    private final LongSupplier nanos;
    /** Earlier than now by one interval for each request that may be made. */
    private long paidUntil;

    RequestRate(int burst, int perSecond, LongSupplier nanos) {
        this.burst = burst;
        this.nanosPerRequest = 1_000_000_000L / perSecond;
        this.nanos = nanos;
        paidUntil = nanos.getAsLong() - burst * nanosPerRequest;
    }

    /** Whether one more may be made now; it then counts as made. */
    boolean allows() {
        long now = nanos.getAsLong();
        paidUntil = Math.max(paidUntil, now - burst * nanosPerRequest);
        if (paidUntil + nanosPerRequest > now) {
            return false;
        }
        paidUntil += nanosPerRequest;
        return true;
    }
}
