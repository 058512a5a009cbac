package io.kinolift.topology;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.engine.OutputWriter;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.WrittenFrame;
import io.kinolift.wire.output.OutputFormat;

/**
 * Writes outputs as records that their topic takes.
 *
 * @param format of the records
 * @param maxRecordBytes the largest record it takes, key and value
 */
record OutputRecords(OutputFormat format, int maxRecordBytes) implements OutputWriter<WrittenFrame> {
    @Override
    public int payloadRoom(SourceFrame owner) {
        return format.payloadRoom(maxRecordBytes, owner);
    }

    @Override
    public WrittenFrame write(EncodedFrame frame, SourceFrame owner) throws FrameCodecException {
        WrittenFrame written = format.write(frame, owner);
        int bytes = format.batchBytes(written);
        if (bytes > maxRecordBytes) {
            throw new FrameCodecException(
                    FrameCodecException.Reason.TOO_MANY_BYTES,
                    "expected an output record of at most " + maxRecordBytes
                            + " bytes (the topic's max.message.bytes), found " + bytes);
        }
        return written;
    }
}
