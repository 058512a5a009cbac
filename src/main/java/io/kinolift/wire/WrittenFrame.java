package io.kinolift.wire;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.Envelope;

/**
 * A frame as it will be sent.
 *
 * @param frame with its payload where the value has it, or a copy
 * @param value of a Kafka record
 * @param envelope of the input frame whose output it is
 * @param timestampMillis of the record; -1 for that of the input record behind it
 */
public record WrittenFrame(EncodedFrame frame, byte[] value, Envelope envelope, long timestampMillis) {}
