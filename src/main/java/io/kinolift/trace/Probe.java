package io.kinolift.trace;

/**
 * Is called for every event that passes through the topology, for metrics and the live page. A transaction may abort,
 * and its events then come again; the exact counts are in the accounts. The stream threads call it, so it must be quick
 * and must not throw.
 *
 * @param <E> the events
 */
public interface Probe<E> {
    /** Does nothing. */
    static <E> Probe<E> none() {
        return new Probe<>() {};
    }

    /**
     * A record was read: a frame, an end of stream, or neither.
     *
     * @param recordMillis the record's timestamp, milliseconds since the epoch
     */
    default void read(String streamId, long recordMillis) {}

    /** The record read last counts as a frame received. Every record does, except the end of a stream. */
    default void received(String streamId) {}

    default void told(E event) {}

    /** How many streams of a partition hold frames now; 0 when the partition has left. */
    default void open(int partition, int streams) {}

    /** How many windows of a partition are on their way, with all that waits for them; 0 when the partition has left. */
    default void away(int partition, int windows) {}

    /** Calls both for every event, this one first. */
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

            @Override
            public void open(int partition, int streams) {
                first.open(partition, streams);
                other.open(partition, streams);
            }

            @Override
            public void away(int partition, int windows) {
                first.away(partition, windows);
                other.away(partition, windows);
            }
        };
    }
}
