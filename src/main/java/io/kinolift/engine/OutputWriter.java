package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.SourceFrame;

/**
 * Makes records of output frames. Called by the thread that encoded the frame, so by several at once.
 *
 * @param <R> a record as it will be sent
 */
public interface OutputWriter<R> {
    /**
     * How many bytes a payload may have. A larger one is encoded again at lower quality.
     *
     * @param owner the input frame whose output it is
     */
    int payloadRoom(SourceFrame owner);

    /**
     * Writes a frame; this is the only copy that is made of its payload.
     *
     * @param frame whose payload is lent for the length of the call
     * @param owner the input frame whose output it is
     * @throws FrameCodecException for a frame whose record is too large
     */
    R write(EncodedFrame frame, SourceFrame owner) throws FrameCodecException;
}
