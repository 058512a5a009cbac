package io.kinolift.codec;

import io.kinolift.frame.Picture;
import java.nio.ByteBuffer;

/**
 * Encodes pictures of one format. Each can be decoded alone, and its bytes do not depend on pictures encoded before.
 * One instance is for one thread at a time.
 */
public interface FrameEncoder extends AutoCloseable {
    /**
     * Encodes into a buffer of the caller.
     *
     * @param picture of the encoder's pixel format and size; stays the caller's, and is not read afterwards
     * @param target holds the bytes afterwards
     * @return its bytes, of an accessible array; good until {@code target} is used again
     * @throws FrameCodecException if the picture has another format, or the codec fails
     */
    ByteBuffer encode(Picture picture, PayloadBuffer target) throws FrameCodecException;

    /**
     * Encodes into a new array.
     *
     * @throws FrameCodecException if the picture has another format, or the codec fails
     */
    default byte[] encode(Picture picture) throws FrameCodecException {
        ByteBuffer payload = encode(picture, new PayloadBuffer());
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return bytes;
    }

    @Override
    void close();
}
