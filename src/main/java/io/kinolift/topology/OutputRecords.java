package io.kinolift.topology;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.engine.OutputWriter;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.wire.RecordSizes;
import io.kinolift.wire.WrittenFrame;

/**
 * Writes outputs as records that their topic takes.
 *
 * @param maxRecordBytes the largest record it takes, key and value
 */
record OutputRecords(int maxRecordBytes) implements OutputWriter<WrittenFrame> {
    @Override
    public int payloadRoom(String streamId) {
        return RecordSizes.payloadRoom(maxRecordBytes, streamId);
    }

    @Override
    public WrittenFrame write(EncodedFrame frame) throws FrameCodecException {
        WrittenFrame written = WrittenFrame.of(frame);
        int bytes = RecordSizes.batchBytes(written.record(), frame.streamId());
        if (bytes > maxRecordBytes) {
            throw new FrameCodecException(
                    FrameCodecException.Reason.TOO_MANY_BYTES,
                    "expected an output record of at most " + maxRecordBytes
                            + " bytes (the topic's max.message.bytes), found " + bytes);
        }
        return written;
    }
}
