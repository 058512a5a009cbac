package io.kinolift.codec;

import io.kinolift.frame.Picture;

/**
 * Turns pictures of one format into bytes, each of which can be decoded alone. The bytes do not depend on pictures
 * encoded before. One instance is for one thread at a time.
 */
public interface FrameEncoder extends AutoCloseable {
    /**
     * @param picture of the encoder's pixel format and size; stays the caller's, and is not read afterwards
     * @throws FrameCodecException if the picture has another format, or the codec fails
     */
    byte[] encode(Picture picture) throws FrameCodecException;

    @Override
    void close();
}
