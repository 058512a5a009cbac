package io.kinolift.codec.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers at places of an image. A place behind the end is the end of a header that was cut off. */
final class Bytes {
    private final ByteBuffer bytes;

    Bytes(ByteBuffer image) {
        this.bytes = image.slice();
    }

    /** The same bytes, whose numbers begin with the least significant byte. */
    Bytes littleEndian() {
        Bytes other = new Bytes(bytes);
        other.bytes.order(ByteOrder.LITTLE_ENDIAN);
        return other;
    }

    int length() {
        return bytes.limit();
    }

    boolean startsWith(int at, int... values) {
        if (at + values.length > bytes.limit()) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if ((bytes.get(at + i) & 0xFF) != values[i]) {
                return false;
            }
        }
        return true;
    }

    int u8(long at) throws ImageHeaderException {
        return bytes.get(place(at, 1)) & 0xFF;
    }

    int u16(long at) throws ImageHeaderException {
        return bytes.getShort(place(at, Short.BYTES)) & 0xFFFF;
    }

    long u32(long at) throws ImageHeaderException {
        return Integer.toUnsignedLong(bytes.getInt(place(at, Integer.BYTES)));
    }

    int s32(long at) throws ImageHeaderException {
        return bytes.getInt(place(at, Integer.BYTES));
    }

    byte[] copy(int at, int length) throws ImageHeaderException {
        byte[] copy = new byte[length];
        bytes.get(place(at, length), copy);
        return copy;
    }

    private int place(long at, int length) throws ImageHeaderException {
        if (at < 0 || at > bytes.limit() - length) {
            throw ImageHeaderException.noImage(
                    "expected an image with its whole header, found " + bytes.limit() + " bytes, which end inside it");
        }
        return (int) at;
    }
}
