package io.kinolift.codec;

import java.nio.ByteBuffer;

/**
 * Memory that encoders write a payload into. It grows to the largest payload and is reused, so that no array is made
 * per picture. It holds one payload at a time.
 */
public final class PayloadBuffer {
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private byte[] bytes = {};

    /** Room for {@code size} bytes of an array, from position 0 on. The previous content is overwritten. */
    public ByteBuffer room(int size) {
        if (bytes.length < size) {
            // With some more, since pictures of a stream differ.
            bytes = new byte[(int) Math.min(LARGEST_ARRAY, size + size / 4L)];
        }
        return ByteBuffer.wrap(bytes, 0, size);
    }
}
