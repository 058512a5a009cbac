package io.kinolift.topology;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.trace.StageSpan;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.Rejection;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A record that is being processed.
 *
 * @param key the id of its stream
 * @param source where it was read
 * @param timestamp the record's, milliseconds since the epoch
 * @param processing its span
 */
record ReadRecord(String key, byte[] value, RecordMetadata source, long timestamp, StageSpan processing) {
    SourceFrame frame(EncodedFrame frame) {
        return new SourceFrame(frame, source.topic(), source.partition(), source.offset(), processing.text(), null);
    }

    /**
     * The record is no frame, or is not looked at.
     *
     * @param failure the exception that reported it, or null
     */
    Rejection rejection(Rejection.Reason reason, String detail, Exception failure) {
        return new Rejection(
                key,
                null,
                source.topic(),
                source.partition(),
                source.offset(),
                processing.text(),
                value,
                reason,
                detail,
                failure == null ? null : failure.getClass().getName());
    }
}
