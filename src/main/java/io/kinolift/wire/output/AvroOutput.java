package io.kinolift.wire.output;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.RecordSizes;
import io.kinolift.wire.WrittenFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code VideoFrame} records, whose key is the stream's id. */
public record AvroOutput() implements OutputFormat {
    private static final long OF_INPUT = -1;

    @Override
    public boolean isPartitionedByKey() {
        return true;
    }

    @Override
    public int payloadRoom(int maxRecordBytes, SourceFrame owner) {
        return RecordSizes.payloadRoom(maxRecordBytes, owner.frame().streamId())
                - Math.toIntExact(owner.envelope().bytes());
    }

    @Override
    public WrittenFrame write(EncodedFrame frame, SourceFrame owner) {
        byte[] record = FrameRecords.write(frame);
        int length = frame.payload().remaining();
        // The payload is the last field of a frame.
        EncodedFrame kept = frame.withPayload(ByteBuffer.wrap(record, record.length - length, length));
        return new WrittenFrame(kept, record, owner.envelope(), OF_INPUT);
    }

    @Override
    public int batchBytes(WrittenFrame frame) {
        return RecordSizes.batchBytes(frame.value(), frame.frame().streamId())
                + Math.toIntExact(frame.envelope().bytes());
    }

    @Override
    public OutputRecord record(WrittenFrame frame, boolean afterHole) {
        boolean mark = afterHole && !frame.frame().discontinuity();
        byte[] value = mark ? FrameRecords.write(frame.frame().afterDiscontinuity()) : frame.value();
        return new OutputRecord(
                key(frame.frame().streamId()), value, frame.envelope().headers(), OF_INPUT);
    }

    @Override
    public OutputRecord end(AccountRecord account, long outputs, byte[] key) {
        return new OutputRecord(key(account.streamId()), account.writeEnd(outputs), List.of(), OF_INPUT);
    }

    private static byte[] key(String streamId) {
        return streamId.getBytes(StandardCharsets.UTF_8);
    }
}
