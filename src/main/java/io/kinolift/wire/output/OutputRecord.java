package io.kinolift.wire.output;

import io.kinolift.window.Envelope;
import java.util.List;

/**
 * A record for the output topic.
 *
 * @param key null for none
 * @param value null for a tombstone
 * @param headers without those of a trace
 * @param timestampMillis since the epoch; -1 for that of the input record behind it
 */
public record OutputRecord(byte[] key, byte[] value, List<Envelope.Header> headers, long timestampMillis) {}
