package io.kinolift.topology;

import io.kinolift.window.FrameBuffer;
import io.kinolift.window.SourceFrame;
import io.kinolift.window.StreamStateBytes;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.input.StreamPlace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
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
 * stream row   's' streamId                                    version updatedMillis offset timestamp place state
 * frame row    'f' length(2) streamId session(8) sequence(8)   see {@link SourceFrameBytes}
 * </pre>
 *
 * Numbers are big-endian. Rows of version 1 had no offset and timestamp, those of version 2 no place; they are still read.
 */
final class WindowStore {
    private static final byte STREAM_ROW = 's';
    private static final byte FRAME_ROW = 'f';
    private static final byte VERSION = 3;

    private final KeyValueStore<Bytes, byte[]> store;

    WindowStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

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

    void putStream(String streamId, StreamRow row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(row.updatedMillis());
            out.writeLong(row.offset());
            out.writeLong(row.timestamp());
            row.place().write(out);
            StreamStateBytes.write(row.state(), out);
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
            byte version = in.readByte();
            if (version < 1 || version > VERSION) {
                throw new IOException("stream row: expected version 1 to " + VERSION + ", found " + version);
            }
            long updatedMillis = in.readLong();
            long offset = version == 1 ? -1 : in.readLong();
            long timestamp = version == 1 ? updatedMillis : in.readLong();
            StreamPlace place = version < 3 ? new StreamPlace() : StreamPlace.read(in);
            return new StreamRow(StreamStateBytes.read(in), place, updatedMillis, offset, timestamp);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes streamKey(String streamId) {
        byte[] id = streamId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + id.length).put(STREAM_ROW).put(id).array());
    }

    /** The waiting frames of one stream. */
    private final class Frames implements FrameBuffer {
        private final byte[] id;

        Frames(String streamId) {
            this.id = streamId.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void put(SourceFrame source) {
            store.put(key(source.frame().session(), source.frame().sequence()), SourceFrameBytes.write(source));
        }

        @Override
        public SourceFrame find(long session, long sequence) {
            byte[] row = store.get(key(session, sequence));
            try {
                return row == null ? null : SourceFrameBytes.read(row);
            } catch (IOException
                    | MalformedRecordException
                    | BufferUnderflowException
                    | IllegalArgumentException
                    | NegativeArraySizeException e) {
                throw new IllegalStateException("window store: row of " + session + "/" + sequence + " is damaged", e);
            }
        }

        @Override
        public void delete(long session, long sequence) {
            store.delete(key(session, sequence));
        }

        private Bytes key(long session, long sequence) {
            return Bytes.wrap(ByteBuffer.allocate(1 + 2 + id.length + 16)
                    .put(FRAME_ROW)
                    .putShort((short) id.length)
                    .put(id)
                    .putLong(session)
                    .putLong(sequence)
                    .array());
        }
    }
}
