package io.kinolift.window;

import io.kinolift.frame.EncodedFrame;

/**
 * A frame and where it was read: the offset names it for caches, dead letters and accounts.
 *
 * @param frame with {@code filling}: the frame before the gap, numbered and timed as the one that did not come
 * @param trace the span that its processing belongs to, as text; null for none
 * @param envelope what came with it
 * @param filling how the frame is made up; null for one that was received
 */
public record SourceFrame(
        EncodedFrame frame,
        String topic,
        int partition,
        long offset,
        String trace,
        Envelope envelope,
        Filling filling) {
    public SourceFrame(EncodedFrame frame, String topic, int partition, long offset) {
        this(frame, topic, partition, offset, null, Envelope.NONE, null);
    }

    public boolean isFilled() {
        return filling != null;
    }
}
