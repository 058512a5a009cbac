package io.kinolift.wire.output;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.WrittenFrame;

/** How output frames and the ends of streams lie in the records of the output topic. */
public sealed interface OutputFormat permits AvroOutput, ImageOutput, JsonOutput, OutputByTopic {
    /**
     * Whether a record's partition follows from its key. If not, the key may be that of many streams, or none: a stream's
     * outputs then go to the partition of its inputs, so that they stay in order.
     */
    boolean isPartitionedByKey();

    /**
     * How large a payload may be for its frame's record to fit, with all that is added to it.
     *
     * @param owner the input frame whose output it is
     */
    int payloadRoom(int maxRecordBytes, SourceFrame owner);

    /**
     * Writes a frame.
     *
     * @param frame whose payload is lent for the length of the call
     * @param owner the input frame whose output it is
     */
    WrittenFrame write(EncodedFrame frame, SourceFrame owner);

    /** The most that a frame's record counts towards its topic's limit. */
    int batchBytes(WrittenFrame frame);

    /**
     * The record of a frame.
     *
     * @param afterHole whether it must be marked as a discontinuity, because outputs before it are missing
     */
    OutputRecord record(WrittenFrame frame, boolean afterHole);

    /**
     * The record that ends a stream.
     *
     * @param outputs how many output frames the session has, counting holes
     * @param key of the stream's last input record; null for none
     */
    OutputRecord end(AccountRecord account, long outputs, byte[] key);
}
