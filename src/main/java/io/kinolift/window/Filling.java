package io.kinolift.window;

/**
 * How a missing frame is made up.
 *
 * @param after the frame behind the gap, to be blended with the one before it; null if the one before is repeated
 * @param part the distance from the frame before the gap, in {@code parts} of the gap
 */
public record Filling(SourceFrame after, long part, long parts) {}
