package io.kinolift.engine;

import io.kinolift.codec.FrameCodecException;

/** An output whose picture has been made. */
interface MadeOutput<R> extends AutoCloseable {
    /** Its number in the segment. */
    long output();

    /** The span of its making, as text; null for none. */
    String trace();

    /**
     * The output as a record. One that refers to others is encoded now, so all before it must have been.
     *
     * @throws FrameCodecException if it cannot be encoded, or is too large
     */
    R written() throws FrameCodecException;

    /** Does the same for the sake of those that refer to it; its own record is not wanted. */
    void encode() throws FrameCodecException;

    @Override
    void close();
}
