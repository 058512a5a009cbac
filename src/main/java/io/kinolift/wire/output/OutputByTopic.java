package io.kinolift.wire.output;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.ByTopic;
import io.kinolift.wire.WrittenFrame;

/**
 * Outputs of one format whose values follow the input's topic: an object goes out with the field names that it came with.
 */
public record OutputByTopic(ByTopic<OutputFormat> formats) implements OutputFormat {
    @Override
    public boolean isPartitionedByKey() {
        return formats.common().isPartitionedByKey();
    }

    @Override
    public int payloadRoom(int maxRecordBytes, SourceFrame owner) {
        return formats.of(owner.topic()).payloadRoom(maxRecordBytes, owner);
    }

    @Override
    public WrittenFrame write(EncodedFrame frame, SourceFrame owner) {
        return formats.of(owner.topic()).write(frame, owner);
    }

    @Override
    public int batchBytes(WrittenFrame frame) {
        return formats.common().batchBytes(frame);
    }

    @Override
    public OutputRecord record(WrittenFrame frame, boolean afterHole) {
        return formats.common().record(frame, afterHole);
    }

    @Override
    public OutputRecord end(AccountRecord account, long outputs, byte[] key) {
        return formats.common().end(account, outputs, key);
    }
}
