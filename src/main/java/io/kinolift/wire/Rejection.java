package io.kinolift.wire;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.SourceFrame;

/**
 * Why an input record becomes a dead letter.
 *
 * @param frame the parsed frame, or null where it could not be parsed
 * @param trace the span of its processing, as text; null for none
 * @param value the record's value; that of a parsed frame written anew, so that it can be sent again
 * @param detail expected and found
 * @param exception class name of the exception that reported it, or null where a rule did
 */
public record Rejection(
        String streamId,
        EncodedFrame frame,
        String topic,
        int partition,
        long offset,
        String trace,
        byte[] value,
        Reason reason,
        String detail,
        String exception) {
    /** The reasons, as the dead-letter record names them. */
    public enum Reason {
        UNPARSEABLE,
        INVALID_HEADER,
        LIMIT_EXCEEDED,
        UNDECODABLE,
        WRONG_FORMAT,
        UNSUPPORTED,
        OUTPUT_TOO_LARGE,
        ENCODER_FAILED,
        TOO_MANY_STREAMS,
        KILLED_DECODER,
        TIME_JUMP;

        public static Reason of(FrameCodecException failure) {
            return switch (failure.reason()) {
                case UNDECODABLE -> UNDECODABLE;
                case WRONG_FORMAT -> WRONG_FORMAT;
                case TOO_LARGE -> LIMIT_EXCEEDED;
                case UNSUPPORTED -> UNSUPPORTED;
                case KILLED_DECODER -> KILLED_DECODER;
                case TOO_MANY_BYTES -> OUTPUT_TOO_LARGE;
                case ENCODER_FAILED -> ENCODER_FAILED;
            };
        }
    }

    /** A frame that breaks a rule. */
    public static Rejection of(SourceFrame source, byte[] value, Reason reason, String detail) {
        return of(source, value, reason, detail, null);
    }

    /**
     * A frame rejected for a reason.
     *
     * @param value of its record, which can be sent again
     * @param failure the exception that reported it, or null
     */
    public static Rejection of(SourceFrame source, byte[] value, Reason reason, String detail, Exception failure) {
        EncodedFrame frame = source.frame();
        return new Rejection(
                frame.streamId(),
                frame,
                source.topic(),
                source.partition(),
                source.offset(),
                source.trace(),
                value,
                reason,
                detail,
                failure == null ? null : failure.getClass().getName());
    }

    /** A frame that could not be decoded or upscaled. */
    public static Rejection of(SourceFrame source, byte[] value, FrameCodecException failure) {
        return of(source, value, Reason.of(failure), failure.getMessage(), failure);
    }
}
