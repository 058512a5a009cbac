package io.kinolift.topology;

import io.kinolift.avro.DeadLetterReason;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.SourceFrame;

/**
 * Why an input record becomes a dead letter.
 *
 * @param frame the parsed frame, or null where it could not be parsed
 * @param value the record's value as far as it is at hand: the whole record, or the payload of a parsed frame
 * @param detail what was expected and what was found
 */
public record Rejection(
        String streamId,
        EncodedFrame frame,
        String topic,
        int partition,
        long offset,
        byte[] value,
        DeadLetterReason reason,
        String detail) {
    static Rejection of(SourceFrame source, DeadLetterReason reason, String detail) {
        EncodedFrame frame = source.frame();
        return new Rejection(
                frame.streamId(), frame, source.topic(), source.partition(), source.offset(), frame.payload(),
                reason, detail);
    }
}
