package io.kinolift.wire.output;

import io.kinolift.codec.image.ImageMetadata;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.WrittenFrame;
import java.nio.ByteBuffer;

/**
 * Values that are images, in {@link PlainRecords}. The timestamp is the time of the frame.
 *
 * @param records that hold them
 */
public record ImageOutput(PlainRecords records) implements OutputFormat {
    @Override
    public boolean isPartitionedByKey() {
        return false;
    }

    @Override
    public int payloadRoom(int maxRecordBytes, SourceFrame owner) {
        return maxRecordBytes
                - ImageMetadata.of(owner.frame().payload()).length
                - PlainRecords.overhead(
                        owner.frame().streamId(), owner.envelope().bytes());
    }

    @Override
    public WrittenFrame write(EncodedFrame frame, SourceFrame owner) {
        byte[] image =
                ImageMetadata.insert(ImageMetadata.of(owner.frame().payload()), FrameRecords.bytes(frame.payload()));
        long timestamp = FrameHeaders.timestampMillis(frame, owner);
        return new WrittenFrame(frame.withPayload(ByteBuffer.wrap(image)), image, owner.envelope(), timestamp);
    }

    @Override
    public int batchBytes(WrittenFrame frame) {
        return records.batchBytes(frame);
    }

    @Override
    public OutputRecord record(WrittenFrame frame, boolean afterHole) {
        return records.record(frame, afterHole);
    }

    @Override
    public OutputRecord end(AccountRecord account, long outputs, byte[] key) {
        return records.end(account, outputs, key);
    }
}
