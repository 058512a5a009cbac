package io.kinolift.wire;

import io.kinolift.frame.EncodedFrame;
import java.nio.ByteBuffer;

/**
 * A frame as it will be sent.
 *
 * @param frame with its payload where the record has it
 * @param record the value of a Kafka record
 */
public record WrittenFrame(EncodedFrame frame, byte[] record) {
    /**
     * Writes a frame as a record.
     *
     * @param frame whose payload is copied into the record, and not needed afterwards
     */
    public static WrittenFrame of(EncodedFrame frame) {
        byte[] record = FrameRecords.write(frame);
        int length = frame.payload().remaining();
        // The payload is the last field of a frame.
        return new WrittenFrame(frame.withPayload(ByteBuffer.wrap(record, record.length - length, length)), record);
    }
}
