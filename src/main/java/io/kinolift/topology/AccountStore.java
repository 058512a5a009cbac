package io.kinolift.topology;

import io.kinolift.avro.Account;
import io.kinolift.avro.Totals;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;

/** The rows of {@code account}, by account id: the sequence rejected ahead (8 bytes), then the published record. */
final class AccountStore {
    static final long NONE = -1;
    private static final Wire<Account> WIRE = new Wire<>(Account.getClassSchema());

    private final KeyValueStore<String, byte[]> store;

    AccountStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /** Counts behind {@code upscale}; changed by {@link AccountFrames}. */
    static final class Row {
        long upscaled;
        long deadLettered;
        long emitted;
        /** A frame that became a dead letter with its first outputs, cut early, while the rest of them is still held. */
        long rejectedAhead = NONE;

        Account account(Tally tally, boolean ended) {
            Map<String, Long> dropped = new TreeMap<>();
            tally.dropped().forEach((policy, count) -> dropped.put(policy.name(), count));
            long held = tally.held() - (rejectedAhead == NONE ? 0 : 1);
            Totals totals = new Totals(tally.received(), upscaled, deadLettered, dropped, held, 0L, emitted);
            return new Account(
                    tally.streamId(), tally.session(), tally.topic(), tally.partition(), tally.offset(), ended, totals);
        }
    }

    static String id(Tally tally) {
        return tally.streamId() + "/" + tally.session();
    }

    Row get(String id) {
        byte[] bytes = store.get(id);
        Row row = new Row();
        if (bytes == null) {
            return row;
        }
        row.rejectedAhead = ByteBuffer.wrap(bytes).getLong();
        byte[] record = new byte[bytes.length - Long.BYTES];
        System.arraycopy(bytes, Long.BYTES, record, 0, record.length);
        try {
            Totals totals = WIRE.read(record).getTotals();
            row.upscaled = totals.getUpscaled();
            row.deadLettered = totals.getDeadLettered();
            row.emitted = totals.getEmitted();
            return row;
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("accounts store: row " + id + " is damaged", e);
        }
    }

    /** Stores a row and gives the record to publish. */
    byte[] put(String id, Row row, Account account) {
        byte[] record = WIRE.write(account);
        store.put(id, ByteBuffer.allocate(Long.BYTES + record.length).putLong(row.rejectedAhead).put(record).array());
        return record;
    }

    void delete(String id) {
        store.delete(id);
    }
}
