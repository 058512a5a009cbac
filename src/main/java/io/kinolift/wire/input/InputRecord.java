package io.kinolift.wire.input;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.Envelope;

/** The content of a record of an input topic. */
public sealed interface InputRecord {
    /** A frame, and what goes on with its outputs. */
    record Frame(EncodedFrame frame, Envelope envelope) implements InputRecord {}

    /**
     * The end of a stream.
     *
     * @param frames how many frames the session has, counting holes
     */
    record End(long session, long frames) implements InputRecord {}
}
