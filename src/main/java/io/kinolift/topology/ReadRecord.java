package io.kinolift.topology;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.trace.StageSpan;
import io.kinolift.window.Envelope;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.Rejection;
import io.kinolift.wire.input.InputFormat;
import io.kinolift.wire.input.SourceRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A record that is being processed.
 *
 * @param opened its stream, and its content once the stream is known
 * @param source where it was read
 * @param timestamp the record's, milliseconds since the epoch
 * @param processing its span
 */
record ReadRecord(
        InputFormat.Opened opened, SourceRecord record, RecordMetadata source, long timestamp, StageSpan processing) {
    private static final byte[] NOTHING = new byte[0];

    String streamId() {
        return opened.streamId();
    }

    SourceFrame frame(EncodedFrame frame, Envelope envelope) {
        return new SourceFrame(
                frame, source.topic(), source.partition(), source.offset(), processing.text(), envelope, null);
    }

    /**
     * The record is no frame, or is not looked at.
     *
     * @param failure the exception that reported it, or null
     */
    Rejection rejection(Rejection.Reason reason, String detail, Exception failure) {
        return new Rejection(
                streamId(),
                null,
                source.topic(),
                source.partition(),
                source.offset(),
                processing.text(),
                record.value() == null ? NOTHING : record.value(),
                reason,
                detail,
                failure == null ? null : failure.getClass().getName());
    }
}
