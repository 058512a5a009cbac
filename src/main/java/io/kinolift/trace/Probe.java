package io.kinolift.trace;

/**
 * Hears what passes through the topology while it passes: for metrics and the live page. What is heard may be aborted
 * with its transaction and come again; the exact counts are in the accounts. Called by the stream threads, so it must be
 * quick and must not throw.
 *
 * @param <E> what it is told
 */
public interface Probe<E> {
    /** Hears nothing. */
    static <E> Probe<E> none() {
        return new Probe<>() {};
    }

    /**
     * A record was read: a frame, an end of stream, or neither.
     *
     * @param recordMillis the record's timestamp, milliseconds since the epoch
     */
    default void read(String streamId, long recordMillis) {}

    /** The record read last counts as a frame received: everything does but the end of a stream. */
    default void received(String streamId) {}

    default void told(E event) {}

    /** Both hear of everything, this one first. */
    default Probe<E> and(Probe<E> other) {
        Probe<E> first = this;
        return new Probe<>() {
            @Override
            public void read(String streamId, long recordMillis) {
                first.read(streamId, recordMillis);
                other.read(streamId, recordMillis);
            }

            @Override
            public void received(String streamId) {
                first.received(streamId);
                other.received(streamId);
            }

            @Override
            public void told(E event) {
                first.told(event);
                other.told(event);
            }
        };
    }
}
