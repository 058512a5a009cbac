package io.kinolift.wire.output;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.RecordSizes;
import io.kinolift.wire.WrittenFrame;
import java.nio.ByteBuffer;

/**
 * Values that are images, with the key as it came. All else is in headers ({@link FrameHeaders}), and the timestamp is
 * the time of the frame.
 *
 * @param end how a stream ends
 * @param endHeader the header of a record that ends a stream
 */
public record ImageOutput(StreamEnd end, String endHeader) implements OutputFormat {
    private static final byte[] EMPTY = new byte[0];

    @Override
    public boolean isPartitionedByKey() {
        return false;
    }

    @Override
    public int payloadRoom(int maxRecordBytes, SourceFrame owner) {
        return maxRecordBytes
                - overhead(owner.frame().streamId(), owner.envelope().bytes());
    }

    @Override
    public WrittenFrame write(EncodedFrame frame, SourceFrame owner) {
        byte[] image = FrameRecords.bytes(frame.payload());
        long timestamp = FrameHeaders.timestampMillis(frame, owner);
        return new WrittenFrame(frame.withPayload(ByteBuffer.wrap(image)), image, owner.envelope(), timestamp);
    }

    @Override
    public int batchBytes(WrittenFrame frame) {
        return frame.value().length
                + overhead(frame.frame().streamId(), frame.envelope().bytes());
    }

    static int overhead(String streamId, long envelopeBytes) {
        return Math.toIntExact(RecordSizes.overhead(streamId) + FrameHeaders.MOST_BYTES + envelopeBytes);
    }

    @Override
    public OutputRecord record(WrittenFrame frame, boolean afterHole) {
        boolean discontinuity = afterHole || frame.frame().discontinuity();
        return new OutputRecord(
                frame.envelope().key(),
                frame.value(),
                FrameHeaders.of(frame.frame(), frame.envelope(), discontinuity),
                frame.timestampMillis());
    }

    @Override
    public OutputRecord end(AccountRecord account, long outputs, byte[] key) {
        return new OutputRecord(
                key, end == StreamEnd.TOMBSTONE ? null : EMPTY, FrameHeaders.ofEnd(account, outputs, endHeader), -1);
    }
}
