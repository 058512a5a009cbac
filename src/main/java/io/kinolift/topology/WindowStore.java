package io.kinolift.topology;

import io.kinolift.avro.VideoFrame;
import io.kinolift.window.FrameBuffer;
import io.kinolift.window.SourceFrame;
import io.kinolift.window.StreamState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The rows of {@code assemble-windows}: one per stream, and one per waiting frame. Frames are read by key only, because
 * a scan would wade through the tombstones of all that were deleted.
 *
 * <pre>
 * stream row   's' streamId                                            version updatedMillis state
 * frame row    'f' length(2) streamId session(8) sequence(8)           version partition offset topic record
 * </pre>
 *
 * Numbers are big-endian; the record is the one that was received.
 */
final class WindowStore {
    private static final byte STREAM_ROW = 's';
    private static final byte FRAME_ROW = 'f';
    private static final byte VERSION = 1;

    private final KeyValueStore<Bytes, byte[]> store;

    WindowStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** A stream's state and when, by the wall clock, it last changed. */
    record StreamRow(StreamState state, long updatedMillis) {}

    /** All streams; for the start of a task only. */
    Map<String, StreamRow> streams() {
        Map<String, StreamRow> rows = new HashMap<>();
        Bytes from = Bytes.wrap(new byte[] {STREAM_ROW});
        Bytes to = Bytes.wrap(new byte[] {STREAM_ROW + 1});
        try (KeyValueIterator<Bytes, byte[]> found = store.range(from, to)) {
            while (found.hasNext()) {
                KeyValue<Bytes, byte[]> row = found.next();
                byte[] key = row.key.get();
                if (key[0] == STREAM_ROW) {
                    rows.put(new String(key, 1, key.length - 1, StandardCharsets.UTF_8), streamRow(row.value));
                }
            }
        }
        return rows;
    }

    /** The row of a stream, or null. */
    StreamRow stream(String streamId) {
        byte[] row = store.get(streamKey(streamId));
        return row == null ? null : streamRow(row);
    }

    void putStream(String streamId, StreamState state, long nowMillis) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(nowMillis);
            state.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        store.put(streamKey(streamId), bytes.toByteArray());
    }

    void deleteStream(String streamId) {
        store.delete(streamKey(streamId));
    }

    FrameBuffer frames(String streamId) {
        return new Frames(streamId);
    }

    private static StreamRow streamRow(byte[] row) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row))) {
            requireVersion(in.readByte());
            long updatedMillis = in.readLong();
            return new StreamRow(StreamState.read(in), updatedMillis);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireVersion(byte version) throws IOException {
        if (version != VERSION) {
            throw new IOException("window store row: expected version " + VERSION + ", found " + version);
        }
    }

    private static Bytes streamKey(String streamId) {
        byte[] id = streamId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(1 + id.length).put(STREAM_ROW).put(id).array());
    }

    /** The waiting frames of one stream. */
    private final class Frames implements FrameBuffer {
        private final byte[] id;

        Frames(String streamId) {
            this.id = streamId.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void put(SourceFrame source) {
            byte[] topic = source.topic().getBytes(StandardCharsets.UTF_8);
            byte[] record = FrameRecords.write(source.frame());
            ByteBuffer row = ByteBuffer.allocate(1 + 4 + 8 + 2 + topic.length + record.length);
            row.put(VERSION).putInt(source.partition()).putLong(source.offset());
            row.putShort((short) topic.length).put(topic).put(record);
            store.put(key(source.frame().session(), source.frame().sequence()), row.array());
        }

        @Override
        public SourceFrame get(long session, long sequence) {
            ByteBuffer row = ByteBuffer.wrap(store.get(key(session, sequence)));
            try {
                requireVersion(row.get());
                int partition = row.getInt();
                long offset = row.getLong();
                byte[] topic = new byte[row.getShort()];
                row.get(topic);
                byte[] record = new byte[row.remaining()];
                row.get(record);
                VideoFrame frame = FrameRecords.parse(record);
                return new SourceFrame(
                        FrameRecords.frame(frame), new String(topic, StandardCharsets.UTF_8), partition, offset);
            } catch (IOException | MalformedRecordException e) {
                throw new IllegalStateException("window store: row of " + session + "/" + sequence + " is damaged", e);
            }
        }

        @Override
        public void delete(long session, long sequence) {
            store.delete(key(session, sequence));
        }

        private Bytes key(long session, long sequence) {
            return Bytes.wrap(ByteBuffer.allocate(1 + 2 + id.length + 16)
                    .put(FRAME_ROW).putShort((short) id.length).put(id).putLong(session).putLong(sequence).array());
        }
    }
}
