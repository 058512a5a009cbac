package io.kinolift.audit;

import io.kinolift.transfer.TransferException;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The last account of every session of every stream: a whole read of the accounts topic, which is compacted. */
public final class AccountBook {
    /** Rates are over at least so long. */
    private static final long RATE_MILLIS = 2_000;

    private final List<Entry> entries;

    private AccountBook(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * An account.
     *
     * @param millis when its last input frame was written
     * @param framesPerSecond received, over the last seconds before that; 0 when unknown
     */
    public record Entry(AccountRecord account, long millis, double framesPerSecond) {}

    /** Records of one key: the last, and samples at some distance, as far as the topic still has them. */
    private static final class Row {
        private ConsumerRecord<byte[], byte[]> last;
        private ConsumerRecord<byte[], byte[]> sampleBefore;
        private ConsumerRecord<byte[], byte[]> sample;

        void add(ConsumerRecord<byte[], byte[]> record) {
            if (sample == null || record.timestamp() - sample.timestamp() >= RATE_MILLIS) {
                sampleBefore = sample;
                sample = record;
            }
            last = record;
        }
    }

    /**
     * Reads the present state of the topic.
     *
     * @param consumer must read committed records only; see {@link io.kinolift.transfer.Clients#tableReader}
     */
    public static AccountBook read(Consumer<byte[], byte[]> consumer, String topic) throws TransferException {
        return read(new TopicScan(consumer, topic));
    }

    /**
     * As {@link #read(Consumer, String)}, for callers that can go on without accounts.
     *
     * @param patience it gives up after so long without a record
     */
    public static AccountBook read(Consumer<byte[], byte[]> consumer, String topic, Duration patience)
            throws TransferException {
        return read(new TopicScan(consumer, topic, patience));
    }

    private static AccountBook read(TopicScan scan) throws TransferException {
        Map<String, Row> rows = new HashMap<>();
        scan.run(record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                rows.remove(key);
            } else {
                rows.computeIfAbsent(key, _ -> new Row()).add(record);
            }
        });
        List<Entry> entries = new ArrayList<>();
        for (Row row : rows.values()) {
            entries.add(entry(row));
        }
        return new AccountBook(entries);
    }

    private static Entry entry(Row row) throws TransferException {
        AccountRecord last = parse(row.last);
        ConsumerRecord<byte[], byte[]> earlier =
                row.last.timestamp() - row.sample.timestamp() >= RATE_MILLIS / 2 ? row.sample : row.sampleBefore;
        double rate = 0;
        if (earlier != null && row.last.timestamp() > earlier.timestamp()) {
            long frames = last.received() - parse(earlier).received();
            rate = 1000.0 * frames / (row.last.timestamp() - earlier.timestamp());
        }
        return new Entry(last, row.last.timestamp(), rate);
    }

    private static AccountRecord parse(ConsumerRecord<byte[], byte[]> record) throws TransferException {
        try {
            return AccountRecord.read(record.value());
        } catch (MalformedRecordException e) {
            throw new TransferException(
                    record.topic() + "-" + record.partition() + "@" + record.offset() + ": " + e.getMessage(), e);
        }
    }

    public List<Entry> entries() {
        return entries;
    }

    /** The ids of all streams. */
    public NavigableSet<String> streams() {
        NavigableSet<String> ids = new TreeSet<>();
        entries.forEach(entry -> ids.add(entry.account().streamId()));
        return ids;
    }

    /** The sessions of a stream that have given output frames, and how many each. */
    public NavigableMap<Long, Long> sessions(String streamId) {
        NavigableMap<Long, Long> sessions = new TreeMap<>();
        entries.stream()
                .map(Entry::account)
                .filter(account -> account.streamId().equals(streamId) && account.emitted() > 0)
                .forEach(account -> sessions.merge(account.session(), account.emitted(), Long::sum));
        return sessions;
    }
}
