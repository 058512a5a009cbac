package io.kinolift.wire.input;

import io.kinolift.window.Envelope;

/**
 * A record of an input topic as it came.
 *
 * @param value null for a tombstone
 * @param envelope its key, timestamp and headers
 */
public record SourceRecord(String topic, int partition, byte[] value, Envelope envelope) {}
