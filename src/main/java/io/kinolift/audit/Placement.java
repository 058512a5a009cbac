package io.kinolift.audit;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;

/**
 * Which partition of a frames topic a stream goes to. A stream that is known stays where it was: its order, its
 * sessions and its accounts are those of one partition. A new one goes to a partition with the fewest open streams,
 * because a hash often crowds few streams. Where several have as few, the search begins at the partition of Kafka's own
 * hash: a topic without open streams gets its first one where every Kafka client would put it.
 *
 * <p>Accounts come after frames. Two programs that begin new streams at the same moment do not see each other's.
 */
public final class Placement {
    private final Map<OpenStreams.Stream, AccountBook.Entry> newest;
    private final OpenStreams open;
    private final long nowMillis;

    /** @param accounts all that the topic has; none if there is no such topic */
    public Placement(List<AccountBook.Entry> accounts, long nowMillis) {
        this.newest = OpenStreams.newest(accounts);
        this.open = OpenStreams.ofNewest(newest.values(), nowMillis);
        this.nowMillis = nowMillis;
    }

    /**
     * Where the newest account of a stream says that it was.
     *
     * @param size how many partitions the topic has
     */
    public OptionalInt known(String topic, String key, int size) {
        AccountBook.Entry entry = newest.get(stream(topic, key));
        return entry == null || entry.account().partition() >= size
                ? OptionalInt.empty()
                : OptionalInt.of(entry.account().partition());
    }

    /** The same, of a stream that has not ended and has sent frames within a day. */
    public OptionalInt open(String topic, String key, int size) {
        AccountBook.Entry entry = newest.get(stream(topic, key));
        return entry != null && OpenStreams.isOpen(entry, nowMillis) ? known(topic, key, size) : OptionalInt.empty();
    }

    /** The partition of a stream, which counts as open there from now on. */
    public int place(String topic, String key, int size) {
        int partition = known(topic, key, size).orElseGet(() -> emptiest(topic, key, size));
        put(topic, key, partition);
        return partition;
    }

    /** Somebody else has chosen. */
    public void put(String topic, String key, int partition) {
        open.put(stream(topic, key), partition);
    }

    private int emptiest(String topic, String key, int size) {
        int[] counts = open.counts(topic, size);
        int best = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % size;
        for (int step = 1, first = best; step < size; step++) {
            int next = (first + step) % size;
            best = counts[next] < counts[best] ? next : best;
        }
        return best;
    }

    /** If the application reads several topics, its ids begin with them; it may have read a single one before. */
    private OpenStreams.Stream stream(String topic, String key) {
        OpenStreams.Stream alone = new OpenStreams.Stream(topic, key);
        return Stream.of(alone, new OpenStreams.Stream(topic, topic + "/" + key))
                .filter(newest::containsKey)
                .max(Comparator.comparingLong(stream -> newest.get(stream).millis()))
                .orElse(alone);
    }
}
