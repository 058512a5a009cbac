package io.kinolift.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Limits how often failed threads are started again within a period. */
final class ThreadRestarts {
    private final int most;
    private final long periodNanos;
    private final Deque<Long> times = new ArrayDeque<>();

    ThreadRestarts(int most, Duration period) {
        this.most = most;
        this.periodNanos = period.toNanos();
    }

    /** Counts a restart, if it is allowed. */
    synchronized boolean isAllowed() {
        long now = System.nanoTime();
        while (!times.isEmpty() && now - times.peek() > periodNanos) {
            times.remove();
        }
        boolean allowed = times.size() < most;
        if (allowed) {
            times.add(now);
        }
        return allowed;
    }
}
