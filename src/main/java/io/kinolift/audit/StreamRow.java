package io.kinolift.audit;

import io.kinolift.runtime.topics.Backlog;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.StreamActivity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * The present state of a stream.
 *
 * @param account of its newest session
 * @param unread records of its partition that wait to be read
 * @param behindMillis how long ago its last frame that is counted was sent
 * @param framesPerSecond received, by the times at which they were sent; 0 unless it is live or behind
 * @param sessions all that the topic still knows, newest first
 */
public record StreamRow(
        AccountRecord account,
        StreamActivity state,
        long unread,
        long behindMillis,
        double framesPerSecond,
        List<AccountBook.Entry> sessions) {
    /**
     * One row a stream, in the order of their ids.
     *
     * @param accounts all that the topic has
     * @param backlog of the application
     */
    public static List<StreamRow> of(List<AccountBook.Entry> accounts, Backlog backlog, long nowMillis) {
        Map<String, List<AccountBook.Entry>> streams = new TreeMap<>();
        Set<TopicPartition> live = new HashSet<>();
        for (AccountBook.Entry entry : accounts) {
            AccountRecord account = entry.account();
            streams.computeIfAbsent(account.streamId(), _ -> new ArrayList<>()).add(entry);
            if (nowMillis - entry.millis() < StreamActivity.LIVE_MILLIS) {
                live.add(new TopicPartition(account.topic(), account.partition()));
            }
        }
        Backlog late = backlog.without(live);
        List<StreamRow> rows = new ArrayList<>();
        for (List<AccountBook.Entry> entries : streams.values()) {
            entries.sort(Comparator.comparingLong(
                            (AccountBook.Entry entry) -> entry.account().session())
                    .thenComparingLong(AccountBook.Entry::millis)
                    .reversed());
            rows.add(of(entries, backlog, late, nowMillis));
        }
        return rows;
    }

    private static StreamRow of(List<AccountBook.Entry> newestFirst, Backlog backlog, Backlog late, long nowMillis) {
        AccountBook.Entry newest = newestFirst.getFirst();
        AccountRecord account = newest.account();
        long behind = Math.max(0, nowMillis - newest.millis());
        StreamActivity state = StreamActivity.of(account, behind, late.of(account.topic(), account.partition()));
        double rate = state.comes() ? newest.framesPerSecond() : 0;
        long unread = backlog.of(account.topic(), account.partition());
        return new StreamRow(account, state, unread, behind, rate, List.copyOf(newestFirst));
    }
}
