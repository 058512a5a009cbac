package io.kinolift.window;

import java.time.Duration;

/**
 * How frames are gathered into windows.
 *
 * @param size core frames per window, at least 1
 * @param reorderFrames how many frames may wait for an earlier one before it is declared missing; 0 waits for none
 * @param reorderBytes how many payload bytes may wait for an earlier frame
 * @param gap treatment of missing frames; anything but {@link GapPolicy#SPLIT} needs seamless edges
 * @param gapFrames the longest gap that is filled; a longer one splits
 * @param gapBytes the most payload bytes that the two sides of a filled gap may have together, because a frame made up
 *     from them waits with both
 * @param timeJump the longest time between two neighbouring frames of one clock
 * @param groups how long groups of inter-coded frames may be
 */
public record WindowSettings(
        int size,
        WindowEdges edges,
        int reorderFrames,
        long reorderBytes,
        GapPolicy gap,
        int gapFrames,
        long gapBytes,
        Duration timeJump,
        GroupLimits groups) {
    public WindowSettings {
        if (size < 1) {
            throw new IllegalArgumentException("expected a window size of at least 1, found " + size);
        }
        if (reorderFrames < 0 || reorderBytes < 0 || gapFrames < 0) {
            throw new IllegalArgumentException("expected reorder and gap bounds of at least 0, found " + reorderFrames
                    + " frames, " + reorderBytes + " bytes, gaps of " + gapFrames);
        }
        if (gap != GapPolicy.SPLIT && edges != WindowEdges.SEAMLESS) {
            throw new IllegalArgumentException(
                    "expected gap policy SPLIT with windows that are tensors of their own, found " + gap);
        }
    }
}
