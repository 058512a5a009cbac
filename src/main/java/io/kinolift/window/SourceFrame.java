package io.kinolift.window;

import io.kinolift.frame.EncodedFrame;

/** A frame and where it was read: the offset names it for caches, dead letters and accounts. */
public record SourceFrame(EncodedFrame frame, String topic, int partition, long offset) {}
