package io.kinolift.codec;

/** A frame could not be decoded or encoded. The message is one line that says what was expected and found. */
public final class FrameCodecException extends Exception {
    private static final long serialVersionUID = 1;

    /** The kind of failure: a closed set, fit for a metric's label. */
    public enum Reason {
        /** The bytes are no picture of this codec, or a damaged one. */
        UNDECODABLE,
        /** A picture came out, but not of the pixel format and size that the frame's header states. */
        WRONG_FORMAT,
        /** More pixels than the limits allow; nothing was allocated. */
        TOO_LARGE,
        /** The codec cannot carry this pixel format. */
        UNSUPPORTED,
        ENCODER_FAILED,
        /** The encoded frame has more bytes than may be sent. */
        TOO_MANY_BYTES,
        /** The bytes ended a process that tried to decode them. */
        KILLED_DECODER
    }

    private final Reason reason;

    public FrameCodecException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
