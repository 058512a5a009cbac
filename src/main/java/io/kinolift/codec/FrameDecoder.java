package io.kinolift.codec;

import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import java.nio.ByteBuffer;

/**
 * Turns the bytes of single frames into pictures. The result depends only on the bytes and the expected format;
 * earlier frames leave no trace. One instance is for one thread at a time; pictures outlive the decoder.
 */
public interface FrameDecoder extends AutoCloseable {
    /**
     * Decodes one picture.
     *
     * @param expected pixel format, width and height that the payload must have; its codec is this decoder's
     * @param payload one encoded picture: all remaining bytes; its position is not moved
     * @return a picture of the expected format, which the caller closes
     * @throws FrameCodecException if there is no such picture in the payload
     */
    Picture decode(FrameFormat expected, ByteBuffer payload) throws FrameCodecException;

    /**
     * Decodes a whole array.
     *
     * @throws FrameCodecException if there is no such picture in the payload
     */
    default Picture decode(FrameFormat expected, byte[] payload) throws FrameCodecException {
        return decode(expected, ByteBuffer.wrap(payload));
    }

    @Override
    void close();
}
