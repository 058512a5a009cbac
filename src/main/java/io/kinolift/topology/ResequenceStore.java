package io.kinolift.topology;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The rows of {@code resequence}: one for each event that waits, one for each window that is away, and one for each
 * outcome that came before its turn.
 *
 * <pre>
 * key    length(2) streamId number(8) part(4)    part 0 is the event or the window, outcomes are counted from 1
 * row    version(1) kind(1) lane(4) timestamp(8) hasBody(1) head   none for a window
 * kind   0 an event, 1 a window, 2 an outcome, 3 the last outcome of its window
 * </pre>
 *
 * The head is that of a {@link SentEvent}. Its body has a row of its own, as it is: the key of the event and one byte
 * more, so it follows its event.
 *
 * Numbers are big-endian.
 */
final class ResequenceStore {
    private static final byte VERSION = 2;
    private static final byte EVENT = 0;
    private static final byte WINDOW = 1;
    private static final byte OUTCOME = 2;
    private static final byte LAST_OUTCOME = 3;
    private static final int FIXED_BYTES = 3 + Integer.BYTES + Long.BYTES;
    /** Number and part, the end of an event's key. */
    private static final int PART_BYTES = Long.BYTES + Integer.BYTES;

    private final KeyValueStore<Bytes, byte[]> store;

    ResequenceStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** An event and the timestamp that it travels with. */
    record Timed(StreamEvent event, long timestamp) {}

    /** Is told of the rows at the start of a task: of each event or window first, and then of its outcomes. */
    interface Reader {
        /**
         * An event or a window.
         *
         * @param lane {@link EventQueue#NO_WINDOW} for an event that is no window
         */
        void event(String streamId, long number, int lane);

        /** An outcome of the window before. */
        void outcome(boolean last);
    }

    void forEach(Reader reader) {
        try (KeyValueIterator<Bytes, byte[]> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                ByteBuffer key = ByteBuffer.wrap(row.key.get());
                byte[] id = new byte[Short.toUnsignedInt(key.getShort())];
                key.get(id);
                if (key.remaining() > PART_BYTES) {
                    continue;
                }
                ByteBuffer value = opened(row.value);
                byte kind = value.get();
                int lane = value.getInt();
                if (kind == EVENT || kind == WINDOW) {
                    reader.event(
                            new String(id, StandardCharsets.UTF_8),
                            key.getLong(),
                            kind == WINDOW ? lane : EventQueue.NO_WINDOW);
                } else {
                    reader.outcome(kind == LAST_OUTCOME);
                }
            }
        }
    }

    void putEvent(String streamId, long number, Timed event) {
        put(key(streamId, number, 0), EVENT, event);
    }

    void putWindow(String streamId, long number, int lane) {
        store.put(key(streamId, number, 0), row(WINDOW, lane, 0, new byte[0], false));
    }

    void putOutcome(String streamId, long number, int part, boolean last, Timed event) {
        put(key(streamId, number, part), last ? LAST_OUTCOME : OUTCOME, event);
    }

    private void put(Bytes key, byte kind, Timed timed) {
        SentEvent sent = StreamEventBytes.write(timed.event());
        store.put(key, row(kind, 0, timed.timestamp(), sent.head(), sent.body() != null));
        if (sent.body() != null) {
            store.put(bodyKey(key), sent.body());
        }
    }

    /** The event or the outcome that the queue says is there; its rows go. */
    Timed take(String streamId, long number, int part) {
        Bytes key = key(streamId, number, part);
        ByteBuffer in = opened(deleted(key, "event", streamId, number, part));
        in.get();
        in.getInt();
        long timestamp = in.getLong();
        boolean hasBody = in.get() != 0;
        byte[] head = new byte[in.remaining()];
        in.get(head);
        byte[] body = hasBody ? deleted(bodyKey(key), "the body of event", streamId, number, part) : null;
        try {
            return new Timed(StreamEventBytes.read(new SentEvent(head, body)), timestamp);
        } catch (IOException e) {
            throw new IllegalStateException("resequence store: row of " + number + "/" + part + " is damaged", e);
        }
    }

    private byte[] deleted(Bytes key, String what, String streamId, long number, int part) {
        byte[] row = store.delete(key);
        if (row == null) {
            throw new IllegalStateException("resequence store: expected " + what + " " + number + "/" + part
                    + " of stream " + streamId + ", found none");
        }
        return row;
    }

    void deleteWindow(String streamId, long number) {
        store.delete(key(streamId, number, 0));
    }

    private static ByteBuffer opened(byte[] row) {
        ByteBuffer in = ByteBuffer.wrap(row);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("resequence row: expected version " + VERSION + ", found " + version);
        }
        return in;
    }

    private static byte[] row(byte kind, int lane, long timestamp, byte[] head, boolean hasBody) {
        return ByteBuffer.allocate(FIXED_BYTES + head.length)
                .put(VERSION)
                .put(kind)
                .putInt(lane)
                .putLong(timestamp)
                .put((byte) (hasBody ? 1 : 0))
                .put(head)
                .array();
    }

    private static Bytes bodyKey(Bytes key) {
        return Bytes.wrap(Arrays.copyOf(key.get(), key.get().length + 1));
    }

    private static Bytes key(String streamId, long number, int part) {
        byte[] id = streamId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(2 + id.length + PART_BYTES)
                .putShort((short) id.length)
                .put(id)
                .putLong(number)
                .putInt(part)
                .array());
    }
}
