package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.EncodedFrame;

/**
 * Makes records of output frames. Called by the thread that encoded the frame, so by several at once.
 *
 * @param <R> a record as it will be sent
 */
public interface OutputWriter<R> {
    /** How many bytes a payload of this stream may have. A larger one is encoded again at lower quality. */
    int payloadRoom(String streamId);

    /**
     * Writes a frame; this is the only copy that is made of its payload.
     *
     * @param frame whose payload is lent for the length of the call
     * @throws FrameCodecException for a frame whose record is too large
     */
    R write(EncodedFrame frame) throws FrameCodecException;
}
