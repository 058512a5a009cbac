package io.kinolift.client;

import java.time.Duration;

/**
 * Whether frames come faster than they are sent. A live source that has to wait falls behind; a file that is sent faster
 * than it plays may wait all the time. So both are looked at, over spans of ten seconds.
 */
final class Pace {
    static final long SPAN_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long MICRO_NANOS = 1000;
    private static final double REAL_TIME = 1.1;

    private long begin;
    private long waited;
    private Long firstMicros;

    Pace(long nowNanos) {
        begin = nowNanos;
    }

    /**
     * Counts a frame.
     *
     * @param nowNanos of a clock that only goes forward
     * @param waitedNanos how long the frame has waited for room
     * @param micros its own time
     * @return whether a span ends with it in which frames waited more than half of the time and were not ahead of the
     *     clock by their own times
     */
    boolean isBehind(long nowNanos, long waitedNanos, long micros) {
        firstMicros = firstMicros == null ? micros : firstMicros;
        waited += waitedNanos;
        long passed = nowNanos - begin;
        if (passed < SPAN_NANOS) {
            return false;
        }
        boolean behind = 2 * waited > passed && (micros - firstMicros) * MICRO_NANOS < REAL_TIME * passed;
        begin = nowNanos;
        waited = 0;
        firstMicros = micros;
        return behind;
    }
}
