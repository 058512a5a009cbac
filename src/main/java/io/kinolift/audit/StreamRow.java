package io.kinolift.audit;

import io.kinolift.wire.AccountRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The present state of a stream.
 *
 * @param account of its newest session
 * @param behindMillis how long ago its last frame that is counted was sent
 * @param framesPerSecond received, lately; 0 unless it is live
 * @param sessions all that the topic still knows, newest first
 */
public record StreamRow(
        AccountRecord account,
        State state,
        long behindMillis,
        double framesPerSecond,
        List<AccountBook.Entry> sessions) {
    /** A stream whose last frame is younger is live. */
    public static final long LIVE_MILLIS = 10_000;

    /** What a stream does. */
    public enum State {
        /** Frames come. */
        LIVE,
        /** No frames come, and some wait in an open window for the next. */
        IDLE,
        /** No frames come, and none wait. */
        RESTING,
        ENDED
    }

    /** One row a stream, in the order of their ids. */
    public static List<StreamRow> of(AccountBook book, long nowMillis) {
        Map<String, List<AccountBook.Entry>> streams = new TreeMap<>();
        for (AccountBook.Entry entry : book.entries()) {
            streams.computeIfAbsent(entry.account().streamId(), _ -> new ArrayList<>())
                    .add(entry);
        }
        List<StreamRow> rows = new ArrayList<>();
        for (List<AccountBook.Entry> entries : streams.values()) {
            entries.sort(Comparator.comparingLong(
                            (AccountBook.Entry entry) -> entry.account().session())
                    .thenComparingLong(AccountBook.Entry::millis)
                    .reversed());
            rows.add(of(entries, nowMillis));
        }
        return rows;
    }

    private static StreamRow of(List<AccountBook.Entry> newestFirst, long nowMillis) {
        AccountBook.Entry newest = newestFirst.getFirst();
        long behind = Math.max(0, nowMillis - newest.millis());
        State state = state(newest.account(), behind);
        double rate = state == State.LIVE ? newest.framesPerSecond() : 0;
        return new StreamRow(newest.account(), state, behind, rate, List.copyOf(newestFirst));
    }

    private static State state(AccountRecord account, long behindMillis) {
        if (account.ended()) {
            return State.ENDED;
        }
        if (behindMillis < LIVE_MILLIS) {
            return State.LIVE;
        }
        return account.held() > 0 ? State.IDLE : State.RESTING;
    }
}
