package io.kinolift.topology;

import io.kinolift.window.SourceFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes the parts of an event, or only counts their bytes: a form is described once, and goes into one array of the
 * right size. What {@link EventReader} reads.
 */
final class EventWriter {
    static final int NULL = -1;

    /** Null while bytes are counted. */
    private final ByteBuffer bytes;

    private long size;

    private EventWriter(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException if no array can be so large */
    static byte[] write(Consumer<EventWriter> form) {
        long size = size(form);
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "event: expected at most " + Integer.MAX_VALUE + " bytes, found " + size);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        form.accept(new EventWriter(bytes));
        return bytes.array();
    }

    static long size(Consumer<EventWriter> form) {
        EventWriter count = new EventWriter(null);
        form.accept(count);
        return count.size;
    }

    private boolean counts(long more) {
        size += more;
        return bytes == null;
    }

    EventWriter int8(int value) {
        if (!counts(Byte.BYTES)) {
            bytes.put((byte) value);
        }
        return this;
    }

    EventWriter int32(int value) {
        if (!counts(Integer.BYTES)) {
            bytes.putInt(value);
        }
        return this;
    }

    EventWriter int64(long value) {
        if (!counts(Long.BYTES)) {
            bytes.putLong(value);
        }
        return this;
    }

    EventWriter flag(boolean value) {
        return int8(value ? 1 : 0);
    }

    /** @param value null for none */
    EventWriter bytes(byte[] value) {
        return value == null ? int32(NULL) : bytes(ByteBuffer.wrap(value));
    }

    /** @param value is not moved */
    EventWriter bytes(ByteBuffer value) {
        int32(value.remaining());
        if (!counts(value.remaining())) {
            bytes.put(value.duplicate());
        }
        return this;
    }

    /** @param value null for none */
    EventWriter text(String value) {
        return bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    EventWriter frame(SourceFrame value) {
        int length = SourceFrameBytes.size(value);
        int32(length);
        if (!counts(length)) {
            SourceFrameBytes.write(value, bytes);
        }
        return this;
    }
}
