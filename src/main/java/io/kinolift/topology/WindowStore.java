package io.kinolift.topology;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.Filling;
import io.kinolift.window.FrameBuffer;
import io.kinolift.window.SourceFrame;
import io.kinolift.window.StreamRows;
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
 * stream row   's' streamId                                    version updatedMillis offset timestamp state
 * frame row    'f' length(2) streamId session(8) sequence(8)   version partition offset topic filling record
 * filling      part parts length record, all 0 for a frame that was received
 * </pre>
 *
 * Numbers are big-endian; the record is the one that was received. Rows of version 1 had no offset, timestamp and filling;
 * they are still read.
 */
final class WindowStore {
    private static final byte STREAM_ROW = 's';
    private static final byte FRAME_ROW = 'f';
    private static final byte VERSION = 2;

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
            StreamRows.write(row.state(), out);
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
            byte version = requireVersion(in.readByte());
            long updatedMillis = in.readLong();
            long offset = version == 1 ? -1 : in.readLong();
            long timestamp = version == 1 ? updatedMillis : in.readLong();
            return new StreamRow(StreamRows.read(in), updatedMillis, offset, timestamp);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte requireVersion(byte version) throws IOException {
        if (version < 1 || version > VERSION) {
            throw new IOException("window store row: expected version 1 to " + VERSION + ", found " + version);
        }
        return version;
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
            Filling filling = source.isFilled() ? source.filling() : new Filling(null, 0, 0);
            byte[] after = filling.after() == null ? new byte[0] : FrameRecords.write(filling.after());
            ByteBuffer row = ByteBuffer.allocate(
                    1 + 4 + 8 + 2 + topic.length + 8 + 8 + 4 + after.length + record.length);
            row.put(VERSION).putInt(source.partition()).putLong(source.offset());
            row.putShort((short) topic.length).put(topic);
            row.putLong(filling.part()).putLong(filling.parts()).putInt(after.length).put(after).put(record);
            store.put(key(source.frame().session(), source.frame().sequence()), row.array());
        }

        @Override
        public SourceFrame get(long session, long sequence) {
            ByteBuffer row = ByteBuffer.wrap(store.get(key(session, sequence)));
            try {
                byte version = requireVersion(row.get());
                int partition = row.getInt();
                long offset = row.getLong();
                String topic = new String(bytes(row, row.getShort()), StandardCharsets.UTF_8);
                Filling filling = version == 1 ? null : filling(row);
                return new SourceFrame(frame(bytes(row, row.remaining())), topic, partition, offset, filling);
            } catch (IOException | MalformedRecordException e) {
                throw new IllegalStateException("window store: row of " + session + "/" + sequence + " is damaged", e);
            }
        }

        @Override
        public void delete(long session, long sequence) {
            store.delete(key(session, sequence));
        }

        private static Filling filling(ByteBuffer row) throws MalformedRecordException {
            long part = row.getLong();
            long parts = row.getLong();
            byte[] after = bytes(row, row.getInt());
            return parts == 0 ? null : new Filling(after.length == 0 ? null : frame(after), part, parts);
        }

        private static EncodedFrame frame(byte[] record) throws MalformedRecordException {
            return FrameRecords.frame(FrameRecords.parse(record));
        }

        private static byte[] bytes(ByteBuffer row, int length) {
            byte[] bytes = new byte[length];
            row.get(bytes);
            return bytes;
        }

        private Bytes key(long session, long sequence) {
            return Bytes.wrap(ByteBuffer.allocate(1 + 2 + id.length + 16)
                    .put(FRAME_ROW).putShort((short) id.length).put(id).putLong(session).putLong(sequence).array());
        }
    }
}
