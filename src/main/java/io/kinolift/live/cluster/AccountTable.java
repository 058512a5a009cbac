package io.kinolift.live.cluster;

import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The newest account of each stream, from records of the accounts topic. Of a stream's sessions, the newest is kept; of
 * one session on two partitions, the one whose frames are newer. Bounded: when there are too many streams, those whose
 * frames are oldest are forgotten.
 */
final class AccountTable {
    /** Rates are over at least so long. */
    private static final long RATE_MILLIS = 2_000;

    private final int maxStreams;
    private final Map<String, Row> rows = new HashMap<>();
    private boolean forgot;
    private long unreadable;

    AccountTable(int maxStreams) {
        this.maxStreams = maxStreams;
    }

    /** @param sample an account some time before, for the rate; before it, there is another one */
    private record Row(String key, AccountRecord account, long millis, Sample sample, Sample before) {
        KnownStream known() {
            Sample earlier = millis - sample.millis() >= RATE_MILLIS / 2 ? sample : before;
            double rate = 0;
            if (earlier != null && millis > earlier.millis()) {
                rate = 1000.0 * (double) (account.emitted() - earlier.emitted()) / (double) (millis - earlier.millis());
            }
            return new KnownStream(account, millis, rate);
        }
    }

    private record Sample(long millis, long emitted) {}

    /** Takes the next record of its partition. */
    synchronized void add(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            rows.computeIfPresent(streamId(key), (_, row) -> row.key().equals(key) ? null : row);
            return;
        }
        AccountRecord account;
        try {
            account = AccountRecord.read(record.value());
        } catch (MalformedRecordException _) {
            unreadable++;
            return;
        }
        rows.compute(account.streamId(), (_, row) -> next(row, key, account, record.timestamp()));
        if (rows.size() > maxStreams + maxStreams / 10) {
            forgetOldest();
        }
    }

    /** The key is the stream id, the session and the partition. */
    private static String streamId(String key) {
        int end = key.lastIndexOf('/', Math.max(0, key.lastIndexOf('/') - 1));
        return end < 0 ? key : key.substring(0, end);
    }

    private static Row next(Row row, String key, AccountRecord account, long millis) {
        Sample sample = new Sample(millis, account.emitted());
        if (row == null) {
            return new Row(key, account, millis, sample, null);
        }
        if (!row.key().equals(key)) {
            boolean newer = account.session() > row.account().session()
                    || (account.session() == row.account().session() && millis >= row.millis());
            return newer ? new Row(key, account, millis, sample, null) : row;
        }
        return millis - row.sample().millis() >= RATE_MILLIS
                ? new Row(key, account, millis, sample, row.sample())
                : new Row(key, account, millis, row.sample(), row.before());
    }

    private void forgetOldest() {
        List<String> oldest = rows.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().millis()))
                .limit(rows.size() - maxStreams)
                .map(Map.Entry::getKey)
                .toList();
        oldest.forEach(rows::remove);
        forgot = true;
    }

    synchronized void clear() {
        rows.clear();
        forgot = false;
        unreadable = 0;
    }

    /** In no particular order. */
    synchronized List<KnownStream> streams() {
        return rows.values().stream().map(Row::known).toList();
    }

    /** Whether there are more streams than are kept. */
    synchronized boolean forgot() {
        return forgot;
    }

    /** Records that are no accounts. */
    synchronized long unreadable() {
        return unreadable;
    }
}
