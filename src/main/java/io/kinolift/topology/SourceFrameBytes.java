package io.kinolift.topology;

import io.kinolift.window.Envelope;
import io.kinolift.window.Filling;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Waiting frames as rows.
 *
 * <pre>
 * version(1) length(2) trace partition(4) offset(8) length(2) topic envelope filling record
 * envelope: length(4) and the bytes of {@link EnvelopeBytes}
 * filling: part(8) parts(8) length(4) row, all 0 for a frame that was received; the row is that of the frame behind
 * </pre>
 *
 * Numbers are big-endian; the record is the frame encoded anew, in single-object encoding.
 * Versions 1 to 3 are still read: none of them had an envelope, only version 3 a trace, and version 1 no filling.
 */
final class SourceFrameBytes {
    private static final byte VERSION = 4;
    private static final byte TRACED = 3;
    private static final Filling NONE = new Filling(null, 0, 0);

    private SourceFrameBytes() {}

    static byte[] write(SourceFrame source) {
        ByteBuffer row = ByteBuffer.allocate(size(source));
        write(source, row);
        return row.array();
    }

    /** How many bytes the row has. */
    static int size(SourceFrame source) {
        int start = 1 + 2 + trace(source).length + 4 + 8 + 2 + topic(source).length;
        int envelope = 4 + EnvelopeBytes.write(source.envelope()).length;
        return start + envelope + 8 + 8 + 4 + afterSize(filling(source)) + FrameRecords.size(source.frame());
    }

    /** Puts the row where the buffer is. */
    static void write(SourceFrame source, ByteBuffer row) {
        byte[] trace = trace(source);
        byte[] topic = topic(source);
        byte[] envelope = EnvelopeBytes.write(source.envelope());
        Filling filling = filling(source);
        row.put(VERSION);
        row.putShort((short) trace.length).put(trace);
        row.putInt(source.partition()).putLong(source.offset());
        row.putShort((short) topic.length).put(topic);
        row.putInt(envelope.length).put(envelope);
        row.putLong(filling.part()).putLong(filling.parts()).putInt(afterSize(filling));
        if (filling.after() != null) {
            write(filling.after(), row);
        }
        FrameRecords.write(source.frame(), row);
    }

    private static byte[] trace(SourceFrame source) {
        return source.trace() == null ? new byte[0] : source.trace().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] topic(SourceFrame source) {
        return source.topic().getBytes(StandardCharsets.UTF_8);
    }

    private static Filling filling(SourceFrame source) {
        return source.isFilled() ? source.filling() : NONE;
    }

    private static int afterSize(Filling filling) {
        return filling.after() == null ? 0 : size(filling.after());
    }

    /** @throws IOException if the row was written by a version this one does not know */
    static SourceFrame read(byte[] row) throws IOException, MalformedRecordException {
        return read(ByteBuffer.wrap(row));
    }

    /** @param row with an array; all that remains is the row, whose payloads are not copied */
    static SourceFrame read(ByteBuffer row) throws IOException, MalformedRecordException {
        byte version = row.get();
        if (version < 1 || version > VERSION) {
            throw new IOException("frame row: expected version 1 to " + VERSION + ", found " + version);
        }
        byte[] trace = next(row, version < TRACED ? 0 : row.getShort());
        int partition = row.getInt();
        long offset = row.getLong();
        String topic = new String(next(row, row.getShort()), StandardCharsets.UTF_8);
        Envelope envelope = version < VERSION ? Envelope.NONE : EnvelopeBytes.read(next(row, row.getInt()));
        Filling filling = version == 1 ? null : filling(row);
        return new SourceFrame(
                FrameRecords.read(row),
                topic,
                partition,
                offset,
                trace.length == 0 ? null : new String(trace, StandardCharsets.US_ASCII),
                envelope,
                filling);
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
        if (length > row.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        row.get(bytes);
        return bytes;
    }
}
