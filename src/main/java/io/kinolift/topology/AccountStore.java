package io.kinolift.topology;

import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.MalformedRecordException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The rows of {@code account}, by account id: version, whether the last output is missing, the sequence rejected ahead
 * (8 bytes), then the published record. Rows of version 1 began with that sequence, so with byte 0 or -1; they are still
 * read.
 */
final class AccountStore {
    private static final byte VERSION = 2;

    private final KeyValueStore<String, byte[]> store;

    AccountStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    static String id(Tally tally) {
        return tally.streamId() + "/" + tally.session();
    }

    /** The ids of all sessions of a stream. */
    List<String> ids(String streamId) {
        List<String> ids = new ArrayList<>();
        // '0' is the character behind '/'; other streams' names may begin with this one's and a slash.
        try (KeyValueIterator<String, byte[]> found = store.range(streamId + "/", streamId + "0")) {
            found.forEachRemaining(row -> {
                if (row.key.lastIndexOf('/') == streamId.length()) {
                    ids.add(row.key);
                }
            });
        }
        return ids;
    }

    AccountRow get(String id) {
        byte[] bytes = store.get(id);
        AccountRow row = new AccountRow();
        if (bytes == null) {
            return row;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        row.afterHole = bytes[0] == VERSION && in.get() == VERSION && in.get() == 1;
        row.rejectedAhead = in.getLong();
        byte[] record = new byte[in.remaining()];
        in.get(record);
        try {
            AccountRecord account = AccountRecord.read(record);
            row.upscaled = account.upscaled();
            row.deadLettered = account.deadLettered();
            row.emitted = account.emitted();
            row.surplus = account.incidents().getOrDefault(AccountRow.SURPLUS_OUTPUT, 0L);
            row.repeats = account.incidents().getOrDefault(AccountRow.REPEAT, 0L);
            return row;
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("accounts store: row " + id + " is damaged", e);
        }
    }

    /** Stores a row and gives the record to publish. */
    byte[] put(AccountRecord account, AccountRow row) {
        byte[] record = account.write();
        ByteBuffer bytes = ByteBuffer.allocate(2 + Long.BYTES + record.length);
        bytes.put(VERSION)
                .put((byte) (row.afterHole ? 1 : 0))
                .putLong(row.rejectedAhead)
                .put(record);
        store.put(account.streamId() + "/" + account.session(), bytes.array());
        return record;
    }

    void delete(String id) {
        store.delete(id);
    }
}
