package io.kinolift.engine;

import io.kinolift.window.SourceFrame;

/**
 * Names a picture for as long as its stream runs.
 *
 * @param part 0 for a frame that was received; else its place in the gap behind that frame
 */
record SourceId(String topic, int partition, long offset, long part) {
    static SourceId of(SourceFrame frame) {
        return new SourceId(
                frame.topic(),
                frame.partition(),
                frame.offset(),
                frame.isFilled() ? frame.filling().part() : 0);
    }

    /** The frame before the gap that a made-up one is in. */
    static SourceId before(SourceFrame filled) {
        return new SourceId(filled.topic(), filled.partition(), filled.offset(), 0);
    }
}
