package io.kinolift.topology;

import io.kinolift.window.StreamState;
import io.kinolift.wire.input.StreamPlace;

/**
 * The state of a stream, without its waiting frames.
 *
 * @param place where it is, if its records do not say so; changed by its readers
 * @param updatedMillis wall clock of the last record, or of the end by timeout
 * @param offset of the last record; -1 before the first
 * @param timestamp of the last record, which is that of everything that leaves because of it, whenever that is
 */
record StreamRow(StreamState state, StreamPlace place, long updatedMillis, long offset, long timestamp) {
    static StreamRow empty(long nowMillis) {
        return new StreamRow(new StreamState(), new StreamPlace(), nowMillis, -1, 0);
    }
}
