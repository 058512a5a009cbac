package io.kinolift.wire.output;

import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.RecordSizes;
import io.kinolift.wire.WrittenFrame;

/**
 * Records whose values say nothing but the picture: with the key as it came, and all else in headers
 * ({@link FrameHeaders}).
 *
 * @param end how a stream ends
 * @param endHeader the header of a record that ends a stream
 */
public record PlainRecords(StreamEnd end, String endHeader) {
    private static final byte[] EMPTY = new byte[0];

    /** Bytes of a record besides its value, at most. */
    static int overhead(String streamId, long envelopeBytes) {
        return Math.toIntExact(RecordSizes.overhead(streamId) + FrameHeaders.MOST_BYTES + envelopeBytes);
    }

    int batchBytes(WrittenFrame frame) {
        return frame.value().length
                + overhead(frame.frame().streamId(), frame.envelope().bytes());
    }

    OutputRecord record(WrittenFrame frame, boolean afterHole) {
        boolean discontinuity = afterHole || frame.frame().discontinuity();
        return new OutputRecord(
                frame.envelope().key(),
                frame.value(),
                FrameHeaders.of(frame.frame(), frame.envelope(), discontinuity),
                frame.timestampMillis());
    }

    OutputRecord end(AccountRecord account, long outputs, byte[] key) {
        return new OutputRecord(
                key, end == StreamEnd.TOMBSTONE ? null : EMPTY, FrameHeaders.ofEnd(account, outputs, endHeader), -1);
    }
}
