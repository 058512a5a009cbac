package io.kinolift.topology;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * row    version(1) kind(1) lane(4) timestamp(8) bodies(1) head   none for a window
 * kind   0 an event, 1 a window, 2 an outcome, 3 the last outcome of its window
 * </pre>
 *
 * The head is that of a {@link SentEvent}. Its body has a row of its own, as it is: the key of the event and one byte
 * more, so it follows its event. The body of a refused record may be larger than the changelog takes; then it has several
 * rows, and that byte counts them.
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

    /** As many as the byte that counts them can. */
    private static final int MOST_BODIES = 255;

    private final KeyValueStore<Bytes, byte[]> store;
    private final int maxBodyBytes;

    /** @param maxBodyBytes of a row */
    ResequenceStore(KeyValueStore<Bytes, byte[]> store, int maxBodyBytes) {
        this.store = store;
        this.maxBodyBytes = maxBodyBytes;
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
                Place place = place(row.key.get());
                if (place == null) {
                    continue;
                }
                ByteBuffer value = opened(row.value);
                byte kind = value.get();
                int lane = value.getInt();
                if (kind == EVENT || kind == WINDOW) {
                    reader.event(place.streamId(), place.number(), kind == WINDOW ? lane : EventQueue.NO_WINDOW);
                } else {
                    reader.outcome(kind == LAST_OUTCOME);
                }
            }
        }
    }

    /** What a key names. */
    record Place(String streamId, long number) {}

    /** Null for the key of a body. */
    static Place place(byte[] bytes) {
        ByteBuffer key = ByteBuffer.wrap(bytes);
        byte[] id = new byte[Short.toUnsignedInt(key.getShort())];
        key.get(id);
        return key.remaining() > PART_BYTES ? null : new Place(new String(id, StandardCharsets.UTF_8), key.getLong());
    }

    /** Whether a key is that of an event or a window, rather than of an outcome. */
    static boolean isFirst(byte[] key) {
        return ByteBuffer.wrap(key).getInt(key.length - Integer.BYTES) == 0;
    }

    /** Whether a row is a window's. */
    static boolean isWindow(byte[] row) {
        return opened(row).get() == WINDOW;
    }

    /** Whether a row is the last outcome of its window. */
    static boolean isLastOutcome(byte[] row) {
        return opened(row).get() == LAST_OUTCOME;
    }

    void putEvent(String streamId, long number, Timed event) {
        put(key(streamId, number, 0), EVENT, event);
    }

    void putWindow(String streamId, long number, int lane) {
        store.put(key(streamId, number, 0), row(WINDOW, lane, 0, new byte[0], 0));
    }

    void putOutcome(String streamId, long number, int part, boolean last, Timed event) {
        put(key(streamId, number, part), last ? LAST_OUTCOME : OUTCOME, event);
    }

    private void put(Bytes key, byte kind, Timed timed) {
        SentEvent sent = StreamEventBytes.write(timed.event());
        List<byte[]> bodies = sent.body() == null ? List.of() : bodies(sent.body());
        store.put(key, row(kind, 0, timed.timestamp(), sent.head(), bodies.size()));
        for (int i = 0; i < bodies.size(); i++) {
            store.put(bodyKey(key, i), bodies.get(i));
        }
    }

    /** Almost always the body itself. */
    private List<byte[]> bodies(byte[] body) {
        if (body.length <= maxBodyBytes) {
            return List.of(body);
        }
        int most = Math.max(maxBodyBytes, Math.ceilDiv(body.length, MOST_BODIES));
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < body.length; from += most) {
            parts.add(Arrays.copyOfRange(body, from, Math.min(body.length, from + most)));
        }
        return parts;
    }

    /** The event or the outcome that the queue says is there; its rows go. */
    Timed take(String streamId, long number, int part) {
        Bytes key = key(streamId, number, part);
        ByteBuffer in = opened(deleted(key, "event", streamId, number, part));
        in.get();
        in.getInt();
        long timestamp = in.getLong();
        int bodies = Byte.toUnsignedInt(in.get());
        byte[] head = new byte[in.remaining()];
        in.get(head);
        byte[] body = bodies == 0 ? null : deleted(bodyKey(key, 0), "the body of event", streamId, number, part);
        for (int i = 1; i < bodies; i++) {
            body = joined(body, deleted(bodyKey(key, i), "the body of event", streamId, number, part));
        }
        try {
            return new Timed(StreamEventBytes.read(new SentEvent(head, body)), timestamp);
        } catch (IOException e) {
            throw new IllegalStateException("resequence store: row of " + number + "/" + part + " is damaged", e);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
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

    private static byte[] row(byte kind, int lane, long timestamp, byte[] head, int bodies) {
        return ByteBuffer.allocate(FIXED_BYTES + head.length)
                .put(VERSION)
                .put(kind)
                .putInt(lane)
                .putLong(timestamp)
                .put((byte) bodies)
                .put(head)
                .array();
    }

    private static Bytes bodyKey(Bytes key, int part) {
        byte[] bytes = Arrays.copyOf(key.get(), key.get().length + 1);
        bytes[bytes.length - 1] = (byte) part;
        return Bytes.wrap(bytes);
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
