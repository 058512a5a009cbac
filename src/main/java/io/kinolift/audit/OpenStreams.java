package io.kinolift.audit;

import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.StreamActivity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The streams that are open on frames topics, and the partition of each. */
public final class OpenStreams {
    /** The line names so many partitions; a topic may have a thousand. */
    private static final int NAMED = 3;

    private final Map<Stream, Integer> partitions = new HashMap<>();

    OpenStreams() {}

    /** A stream as its accounts name it. */
    record Stream(String topic, String id) {
        static Stream of(AccountBook.Entry entry) {
            return new Stream(entry.account().topic(), entry.account().streamId());
        }
    }

    /** By the newest account of each stream: it must not have ended, and its last frame must be of the last day. */
    public static OpenStreams of(List<AccountBook.Entry> accounts, long nowMillis) {
        return ofNewest(newest(accounts).values(), nowMillis);
    }

    static OpenStreams ofNewest(Collection<AccountBook.Entry> newest, long nowMillis) {
        OpenStreams open = new OpenStreams();
        newest.stream()
                .filter(entry -> isOpen(entry, nowMillis))
                .forEach(entry -> open.put(Stream.of(entry), entry.account().partition()));
        return open;
    }

    static boolean isOpen(AccountBook.Entry entry, long nowMillis) {
        AccountRecord account = entry.account();
        // A key under which only bad records came is no stream; nor is the one that counts frames of too many streams.
        return !account.ended()
                && account.received() > account.deadLettered()
                && nowMillis - entry.millis() < StreamActivity.LONGEST_SILENCE.toMillis();
    }

    /** The newest account of each stream. By time, because a higher session may be older: users choose the numbers. */
    static Map<Stream, AccountBook.Entry> newest(List<AccountBook.Entry> accounts) {
        Comparator<AccountBook.Entry> byTime = Comparator.comparingLong(AccountBook.Entry::millis)
                .thenComparingLong(entry -> entry.account().session());
        Map<Stream, AccountBook.Entry> newest = new HashMap<>();
        for (AccountBook.Entry entry : accounts) {
            newest.merge(Stream.of(entry), entry, (one, other) -> byTime.compare(one, other) < 0 ? other : one);
        }
        return newest;
    }

    /** The stream is open there, and nowhere else. */
    void put(Stream stream, int partition) {
        partitions.put(stream, partition);
    }

    /** How many streams each partition of a topic has. A topic that was made anew may have fewer than before. */
    int[] counts(String topic, int size) {
        int[] counts = new int[size];
        partitions.forEach((stream, partition) -> {
            if (stream.topic().equals(topic) && partition < size) {
                counts[partition]++;
            }
        });
        return counts;
    }

    /** One line on a topic; none if it has one partition only, or no open stream. */
    public Optional<String> spread(String topic, int size) {
        int[] counts = counts(topic, size);
        List<Integer> used = IntStream.range(0, size)
                .filter(partition -> counts[partition] > 0)
                .boxed()
                .sorted(Comparator.comparingInt((Integer partition) -> -counts[partition]))
                .toList();
        if (size < 2 || used.isEmpty()) {
            return Optional.empty();
        }
        int named = Math.min(NAMED, used.size());
        List<String> parts = new ArrayList<>(used.subList(0, named).stream()
                .map(partition -> counts[partition] + " on partition " + partition)
                .toList());
        if (named < used.size()) {
            parts.add(sum(counts, used.subList(named, used.size())) + " on " + (used.size() - named) + " more");
        }
        int all = sum(counts, used);
        return Optional.of(all + (all == 1 ? " open stream on " : " open streams on ") + used.size() + " of " + size
                + " partitions of " + topic + ": " + String.join(", ", parts));
    }

    private static int sum(int[] counts, List<Integer> partitions) {
        return partitions.stream().mapToInt(partition -> counts[partition]).sum();
    }
}
