package io.kinolift.topology;

import io.kinolift.window.Envelope;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What came with a waiting frame, as a part of its row: timestamp(8) length(4) key, count(4) headers, and the text. A
 * header is length(2) name, length(4) value. A length of -1 stands for null. Numbers are big-endian.
 */
final class EnvelopeBytes {
    private static final int NULL = -1;

    private EnvelopeBytes() {}

    static byte[] write(Envelope envelope) {
        List<byte[]> names = envelope.headers().stream()
                .map(header -> header.name().getBytes(StandardCharsets.UTF_8))
                .toList();
        int size = 8 + 4 + length(envelope.key()) + 4 + envelope.text().length;
        for (int i = 0; i < names.size(); i++) {
            size += 2
                    + names.get(i).length
                    + 4
                    + length(envelope.headers().get(i).value());
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        bytes.putLong(envelope.timestampMillis());
        put(bytes, envelope.key());
        bytes.putInt(names.size());
        for (int i = 0; i < names.size(); i++) {
            bytes.putShort((short) names.get(i).length).put(names.get(i));
            put(bytes, envelope.headers().get(i).value());
        }
        return bytes.put(envelope.text()).array();
    }

    private static int length(byte[] value) {
        return value == null ? 0 : value.length;
    }

    private static void put(ByteBuffer bytes, byte[] value) {
        bytes.putInt(value == null ? NULL : value.length);
        if (value != null) {
            bytes.put(value);
        }
    }

    static Envelope read(byte[] row) {
        ByteBuffer bytes = ByteBuffer.wrap(row);
        long timestampMillis = bytes.getLong();
        byte[] key = next(bytes, bytes.getInt());
        int count = bytes.getInt();
        List<Envelope.Header> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = new String(next(bytes, Short.toUnsignedInt(bytes.getShort())), StandardCharsets.UTF_8);
            headers.add(new Envelope.Header(name, next(bytes, bytes.getInt())));
        }
        return new Envelope(key, timestampMillis, headers, next(bytes, bytes.remaining()));
    }

    private static byte[] next(ByteBuffer bytes, int length) {
        if (length == NULL) {
            return null;
        }
        if (length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }
}
