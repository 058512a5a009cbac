package io.kinolift.metrics;

import io.kinolift.wire.StreamIds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Says in the log that a stream comes faster than it is read, and when it has been caught up with: one line each.
 *
 * <p>A stream falls behind if the age of its records grows in {@link #PERIODS} periods in a row. While a backlog is worked
 * off, and after a pause, the age falls. Nothing is known of a stream while no frame of it is read.
 */
final class LagLog {
    /** How often {@link #tell} is to be called. */
    static final Duration PERIOD = Duration.ofSeconds(10);

    static final int PERIODS = 3;
    /** A younger record is in time: it has waited for others of its window, or for the end of a transaction. */
    static final long IN_TIME_MILLIS = 2_000;

    /** By so much of its time the age must grow within a period. Less is uneven reading, or an inexact clock. */
    private static final double LEAST_GROWTH = 0.02;

    private static final Logger LOG = LoggerFactory.getLogger(LagLog.class);

    private final Map<String, Lag> lags = new HashMap<>();

    /**
     * A stream at one moment.
     *
     * @param nanos when a record of it was last read, by {@link System#nanoTime}
     * @param received frames up to then
     * @param lagMillis the age of that record when it was read
     */
    record Reading(String stream, long nanos, long received, long lagMillis, boolean ended) {}

    /** The readings of a stream since its age began to grow. */
    private static final class Lag {
        private final Deque<Reading> growing = new ArrayDeque<>();
        private boolean isTold;
    }

    /**
     * Writes the lines that are due.
     *
     * @param streams all that there are; others are forgotten
     * @param nothingWaits whether this process has read all that there is
     */
    void tell(Collection<Reading> streams, boolean nothingWaits) {
        lags.keySet().retainAll(streams.stream().map(Reading::stream).collect(Collectors.toSet()));
        for (Reading now : streams) {
            look(lags.computeIfAbsent(now.stream(), _ -> new Lag()), now, nothingWaits);
        }
    }

    private static void look(Lag lag, Reading now, boolean nothingWaits) {
        Reading before = lag.growing.peekLast();
        boolean isRead = before == null || now.received() > before.received();
        if (now.ended() || (isRead && now.lagMillis() < IN_TIME_MILLIS) || (!isRead && nothingWaits)) {
            lag.growing.clear();
            if (lag.isTold) {
                lag.isTold = false;
                tellCaughtUp(now);
            }
        }
        if (now.ended() || !isRead) {
            return;
        }
        if (before != null && !lag.growing.isEmpty() && !grows(before, now)) {
            lag.growing.clear();
        }
        lag.growing.add(now);
        if (lag.growing.size() > PERIODS + 1) {
            lag.growing.remove();
        }
        if (lag.growing.size() > PERIODS && now.lagMillis() >= IN_TIME_MILLIS && !lag.isTold) {
            lag.isTold = true;
            tellBehind(lag.growing.getFirst(), now);
        }
    }

    private static boolean grows(Reading before, Reading now) {
        return now.lagMillis() - before.lagMillis() > LEAST_GROWTH * millis(before, now);
    }

    /** Between two readings, by the clock of this process. */
    private static double millis(Reading from, Reading to) {
        return (double) (to.nanos() - from.nanos()) / 1e6;
    }

    private static void tellBehind(Reading from, Reading now) {
        double frames = (double) (now.received() - from.received());
        double millis = millis(from, now);
        // While frames were read for so long, the producer went on by less.
        double sentMillis = Math.max(1, millis - (double) (now.lagMillis() - from.lagMillis()));
        try (MDC.MDCCloseable _ = MDC.putCloseable("stream", now.stream())) {
            LOG.warn(
                    "stream {} falls behind: {} frames per second come in, and {} are upscaled; it is {} s late. What"
                            + " helps is in src/doc/operations.md, \"Streams that fall behind\"",
                    StreamIds.readable(now.stream()),
                    rate(frames, sentMillis),
                    rate(frames, millis),
                    Math.round((double) now.lagMillis() / 1e3));
        }
    }

    private static String rate(double frames, double millis) {
        return String.format(Locale.ROOT, "%.1f", 1e3 * frames / millis);
    }

    private static void tellCaughtUp(Reading now) {
        try (MDC.MDCCloseable _ = MDC.putCloseable("stream", now.stream())) {
            LOG.info("stream {} has caught up", StreamIds.readable(now.stream()));
        }
    }
}
