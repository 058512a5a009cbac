package io.kinolift.codec.image;

import java.nio.ByteBuffer;

/**
 * The size that an image's own header states, read before a decoder takes memory for it.
 *
 * @param width luma samples per row, as stated: any 32-bit number
 * @param height luma rows, as stated
 */
public record ImageSize(long width, long height) {
    private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;

    /** The size in a PNG's first chunk, or null. */
    public static ImageSize ofPng(ByteBuffer payload) {
        ByteBuffer bytes = payload.slice();
        if (bytes.limit() < 24 || bytes.getLong(0) != PNG_SIGNATURE) {
            return null;
        }
        return new ImageSize(Integer.toUnsignedLong(bytes.getInt(16)), Integer.toUnsignedLong(bytes.getInt(20)));
    }

    /** The size in the first start-of-frame segment of a JPEG, or null. */
    public static ImageSize ofJpeg(ByteBuffer payload) {
        ByteBuffer bytes = payload.slice();
        if (bytes.limit() < 4 || bytes.getShort(0) != (short) 0xFFD8) {
            return null;
        }
        int at = 2;
        while (at + 9 <= bytes.limit() && bytes.get(at) == (byte) 0xFF) {
            int marker = bytes.get(at + 1) & 0xFF;
            if (marker == 0xFF) {
                at++;
            } else if (JpegHeader.isStartOfFrame(marker)) {
                return new ImageSize(bytes.getShort(at + 7) & 0xFFFF, bytes.getShort(at + 5) & 0xFFFF);
            } else {
                at += 2 + Math.max(2, bytes.getShort(at + 2) & 0xFFFF);
            }
        }
        return null;
    }
}
