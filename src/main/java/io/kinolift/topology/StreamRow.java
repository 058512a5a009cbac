package io.kinolift.topology;

import io.kinolift.window.StreamState;

/**
 * The state of a stream, without its waiting frames.
 *
 * @param updatedMillis wall clock of the last record, or of the end by timeout
 * @param offset of the last record; -1 before the first
 * @param timestamp of the last record, which is that of everything that leaves because of it, whenever that is
 */
record StreamRow(StreamState state, long updatedMillis, long offset, long timestamp) {
    static StreamRow empty(long nowMillis) {
        return new StreamRow(new StreamState(), nowMillis, -1, 0);
    }
}
