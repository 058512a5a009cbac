package io.kinolift.metrics;

import io.kinolift.window.DropPolicy;
import io.kinolift.wire.StreamIds;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Says in the log that frames are dropped, why, and how many: one line per stream and policy when it begins, and then at
 * most one in {@link #INTERVAL}. Every drop is in one of the lines.
 */
final class DropLog {
    static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(DropLog.class);

    private final Map<Key, Drops> drops = new HashMap<>();

    private record Key(String stream, DropPolicy policy) {}

    private static final class Drops {
        private long session;
        private long untold;
        private long toldNanos;

        Drops(long nowNanos) {
            this.toldNanos = nowNanos - INTERVAL.toNanos();
        }
    }

    /**
     * @param stream as the figures name it
     * @param session that the stream is in
     */
    synchronized void dropped(String stream, long session, DropPolicy policy, long nowNanos) {
        Drops dropped = drops.computeIfAbsent(new Key(stream, policy), _ -> new Drops(nowNanos));
        dropped.session = session;
        dropped.untold++;
    }

    /** Writes the lines that are due. To be called every second or so, and with {@code all} before the end. */
    synchronized void tell(long nowNanos, boolean all) {
        for (Iterator<Map.Entry<Key, Drops>> entries = drops.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<Key, Drops> entry = entries.next();
            Drops dropped = entry.getValue();
            boolean due = nowNanos - dropped.toldNanos >= INTERVAL.toNanos();
            if (dropped.untold > 0 && (due || all)) {
                tell(entry.getKey(), dropped);
                dropped.untold = 0;
                dropped.toldNanos = nowNanos;
            } else if (due) {
                // No drops lately. Forget it: the number of streams is unbounded.
                entries.remove();
            }
        }
    }

    private static void tell(Key key, Drops dropped) {
        try (MDC.MDCCloseable _ = MDC.putCloseable("stream", key.stream())) {
            LOG.warn(
                    "stream {}: {} {} dropped ({}): {}",
                    StreamIds.readable(key.stream()),
                    dropped.untold,
                    dropped.untold == 1 ? "frame" : "frames",
                    key.policy(),
                    reason(key.policy(), dropped.session));
        }
    }

    private static String reason(DropPolicy policy, long session) {
        return switch (policy) {
            case DUPLICATE ->
                "sequences that had come before in session " + session
                        + "; it is sent twice, or its producer began again with the same session";
            case LATE -> "they came after their places had been given up; see kinolift.reorder.frames";
            case OLD_SESSION ->
                "frames of a session before " + session
                        + ": two producers send this stream, a replaced one is still sending, or"
                        + " sessions are in another unit now, such as seconds instead of milliseconds";
            case AFTER_END -> "they came after the end of session " + session;
            case NO_REFERENCE ->
                "what they refer to is missing: no key frame has come yet, or none since a frame was lost";
        };
    }
}
