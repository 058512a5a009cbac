package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.window.SourceFrame;

/** Is called before and after each decoding and may refuse it. Used by several threads at once. */
public interface DecodeGuard {
    /** Lets everything pass. */
    DecodeGuard NONE = _ -> () -> {};

    /**
     * A frame is about to be decoded.
     *
     * @return closed when the decoder has returned
     * @throws FrameCodecException for a frame that must not be decoded
     */
    Passage enter(SourceFrame frame) throws FrameCodecException;

    /** One decoding that has begun. */
    interface Passage extends AutoCloseable {
        @Override
        void close();
    }
}
