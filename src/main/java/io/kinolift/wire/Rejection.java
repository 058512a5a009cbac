package io.kinolift.wire;

import io.kinolift.avro.DeadLetterReason;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.SourceFrame;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Why an input record becomes a dead letter.
 *
 * @param frame the parsed frame, or null where it could not be parsed
 * @param trace the span of its processing, as text; null for none
 * @param value the record's value; that of a parsed frame written anew, so that it can be sent again
 * @param detail what was expected and what was found
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
        DeadLetterReason reason,
        String detail,
        String exception) {
    /**
     * A record that is no frame, or was not looked at.
     *
     * @param trace the span of its processing, as text; null for none
     * @param failure what reported it, or null
     */
    public static Rejection of(
            String streamId,
            RecordMetadata source,
            String trace,
            byte[] value,
            DeadLetterReason reason,
            String detail,
            Exception failure) {
        return new Rejection(
                streamId,
                null,
                source.topic(),
                source.partition(),
                source.offset(),
                trace,
                value,
                reason,
                detail,
                name(failure));
    }

    /** A frame that breaks a rule. */
    public static Rejection of(SourceFrame source, DeadLetterReason reason, String detail) {
        return of(source, reason, detail, null);
    }

    /** @param failure what reported it, or null */
    public static Rejection of(SourceFrame source, DeadLetterReason reason, String detail, Exception failure) {
        EncodedFrame frame = source.frame();
        return new Rejection(
                frame.streamId(),
                frame,
                source.topic(),
                source.partition(),
                source.offset(),
                source.trace(),
                FrameRecords.write(frame),
                reason,
                detail,
                name(failure));
    }

    private static String name(Exception failure) {
        return failure == null ? null : failure.getClass().getName();
    }
}
