package io.kinolift.window;

/**
 * @param size core frames per window, at least 1
 * @param reorderFrames how many frames may wait for an earlier one before it is declared missing; 0 waits for none
 * @param reorderBytes how many payload bytes may wait likewise
 */
public record WindowSettings(int size, WindowEdges edges, int reorderFrames, long reorderBytes) {
    public WindowSettings {
        if (size < 1) {
            throw new IllegalArgumentException("expected a window size of at least 1, found " + size);
        }
        if (reorderFrames < 0 || reorderBytes < 0) {
            throw new IllegalArgumentException(
                    "expected reorder bounds of at least 0, found " + reorderFrames + " frames, " + reorderBytes + " bytes");
        }
    }
}
