package io.kinolift.wire.output;

/** How the end of a stream is told where records are no {@code VideoFrame}s. */
public enum StreamEnd {
    /** A record with the stream's key and no value, which also has the headers of an end. */
    TOMBSTONE,
    /** A record with an empty value and the headers of an end, for topics and consumers that take no tombstones. */
    HEADER
}
