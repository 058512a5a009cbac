package io.kinolift.topology;

import io.kinolift.window.Filling;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Waiting frames as rows.
 *
 * <pre>
 * version(1) [length(2) trace, in version 3] partition(4) offset(8) length(2) topic filling record
 * filling: part(8) parts(8) length(4) row, all 0 for a frame that was received; the row is that of the frame behind
 * </pre>
 *
 * Numbers are big-endian; the record is the frame encoded anew, in single-object encoding.
 * Version 1 had no filling; it is still read. Version 3 is that of a frame with a trace.
 */
final class SourceFrameBytes {
    private static final byte VERSION = 2;
    private static final byte TRACED = 3;
    private static final Filling NONE = new Filling(null, 0, 0);

    private SourceFrameBytes() {}

    static byte[] write(SourceFrame source) {
        byte[] topic = source.topic().getBytes(StandardCharsets.UTF_8);
        Filling filling = source.isFilled() ? source.filling() : NONE;
        byte[] after = filling.after() == null ? new byte[0] : write(filling.after());
        byte[] trace = source.trace() == null ? new byte[0] : source.trace().getBytes(StandardCharsets.US_ASCII);
        int before =
                1 + (trace.length == 0 ? 0 : 2 + trace.length) + 4 + 8 + 2 + topic.length + 8 + 8 + 4 + after.length;
        ByteBuffer row = ByteBuffer.wrap(FrameRecords.write(source.frame(), before));
        row.put(trace.length == 0 ? VERSION : TRACED);
        if (trace.length > 0) {
            row.putShort((short) trace.length).put(trace);
        }
        row.putInt(source.partition()).putLong(source.offset());
        row.putShort((short) topic.length).put(topic);
        row.putLong(filling.part())
                .putLong(filling.parts())
                .putInt(after.length)
                .put(after);
        return row.array();
    }

    /** @throws IOException if the row was written by a version this one does not know */
    static SourceFrame read(byte[] row) throws IOException, MalformedRecordException {
        return read(ByteBuffer.wrap(row));
    }

    private static SourceFrame read(ByteBuffer row) throws IOException, MalformedRecordException {
        byte version = row.get();
        if (version < 1 || version > TRACED) {
            throw new IOException("frame row: expected version 1 to " + TRACED + ", found " + version);
        }
        String trace = version < TRACED ? null : new String(next(row, row.getShort()), StandardCharsets.US_ASCII);
        int partition = row.getInt();
        long offset = row.getLong();
        String topic = new String(next(row, row.getShort()), StandardCharsets.UTF_8);
        Filling filling = version == 1 ? null : filling(row);
        return new SourceFrame(FrameRecords.read(row), topic, partition, offset, trace, filling);
    }

    private static Filling filling(ByteBuffer row) throws IOException, MalformedRecordException {
        long part = row.getLong();
        long parts = row.getLong();
        int length = row.getInt();
        ByteBuffer after = row.duplicate().limit(row.position() + length);
        row.position(after.limit());
        return parts == 0 ? null : new Filling(after.hasRemaining() ? read(after) : null, part, parts);
    }

    private static byte[] next(ByteBuffer row, int length) {
        byte[] bytes = new byte[length];
        row.get(bytes);
        return bytes;
    }
}
