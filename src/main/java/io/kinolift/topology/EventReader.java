package io.kinolift.topology;

import io.kinolift.window.SourceFrame;
import io.kinolift.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the parts of an event that {@link EventWriter} wrote. Frames are views of its bytes, not copies. */
final class EventReader {
    private final ByteBuffer bytes;

    EventReader(byte[] event) {
        this.bytes = ByteBuffer.wrap(event);
    }

    byte int8() throws IOException {
        return next(Byte.BYTES).get();
    }

    int int32() throws IOException {
        return next(Integer.BYTES).getInt();
    }

    long int64() throws IOException {
        return next(Long.BYTES).getLong();
    }

    boolean flag() throws IOException {
        byte value = int8();
        if (value != 0 && value != 1) {
            throw new IOException("event: expected 0 or 1, found " + value);
        }
        return value == 1;
    }

    /** How many parts of so many bytes at least follow; checked, so that nothing is allocated for a wrong number. */
    int count(int leastBytes) throws IOException {
        int count = int32();
        if (count < 0 || count > bytes.remaining() / leastBytes) {
            throw new IOException("event: expected at most " + bytes.remaining() / leastBytes + " parts of "
                    + leastBytes + " bytes, found " + count);
        }
        return count;
    }

    /** A copy, or null. */
    byte[] bytes() throws IOException {
        int length = int32();
        if (length == EventWriter.NULL) {
            return null;
        }
        ByteBuffer part = next(length);
        byte[] copy = new byte[length];
        part.get(copy);
        return copy;
    }

    /** A copy. */
    byte[] present() throws IOException {
        byte[] bytes = bytes();
        if (bytes == null) {
            throw new IOException("event: expected bytes, found null");
        }
        return bytes;
    }

    String text() throws IOException {
        byte[] text = bytes();
        return text == null ? null : new String(text, StandardCharsets.UTF_8);
    }

    /** A constant by its name. */
    <E extends Enum<E>> E constant(Class<E> type) throws IOException {
        String name = text();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new IOException("event: expected one of " + Arrays.toString(type.getEnumConstants()) + ", found " + name);
    }

    SourceFrame frame() throws IOException, MalformedRecordException {
        return SourceFrameBytes.read(next(int32()));
    }

    /** @throws IOException if anything is left */
    void end() throws IOException {
        if (bytes.hasRemaining()) {
            throw new IOException("event: expected " + bytes.position() + " bytes, found " + bytes.capacity());
        }
    }

    private ByteBuffer next(int length) throws IOException {
        if (length < 0 || length > bytes.remaining()) {
            throw new IOException("event: expected " + Integer.toUnsignedString(length) + " more bytes at byte "
                    + bytes.position() + ", found " + bytes.remaining());
        }
        ByteBuffer part = bytes.duplicate().limit(bytes.position() + length);
        bytes.position(part.limit());
        return part;
    }
}
