package io.kinolift.codec;

import io.kinolift.frame.Picture;
import java.nio.ByteBuffer;

/**
 * Turns pictures of one format into bytes, each of which can be decoded alone. The bytes do not depend on pictures
 * encoded before. One instance is for one thread at a time.
 */
public interface FrameEncoder extends AutoCloseable {
    /**
     * Encodes into memory of the encoder, so that nothing is allocated from picture to picture.
     *
     * @param picture of the encoder's pixel format and size; stays the caller's, and is not read afterwards
     * @return its bytes, of an array; lent until the next call
     * @throws FrameCodecException if the picture has another format, or the codec fails
     */
    ByteBuffer lend(Picture picture) throws FrameCodecException;

    /**
     * Likewise, as an array that is the caller's.
     *
     * @throws FrameCodecException if the picture has another format, or the codec fails
     */
    default byte[] encode(Picture picture) throws FrameCodecException {
        ByteBuffer lent = lend(picture);
        byte[] bytes = new byte[lent.remaining()];
        lent.get(bytes);
        return bytes;
    }

    @Override
    void close();
}
