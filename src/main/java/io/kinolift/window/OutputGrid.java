package io.kinolift.window;

import io.kinolift.frame.TimeGrid;

/**
 * Where the outputs of a segment lie in time, and which of them refer to each other.
 *
 * @param groupFrames outputs of a group: groups begin at output 0 and after every so many; 1 where each is encoded alone
 */
public record OutputGrid(TimeGrid times, int groupFrames) {
    public OutputGrid {
        if (groupFrames < 1) {
            throw new IllegalArgumentException("expected groups of at least 1 output, found " + groupFrames);
        }
    }

    /** Outputs that are each encoded alone. */
    public static OutputGrid alone(TimeGrid times) {
        return new OutputGrid(times, 1);
    }

    /** The output that the group of an output begins with. */
    long groupStart(long output) {
        return groupStart(output, groupFrames);
    }

    /** The output that the group of an output begins with. */
    public static long groupStart(long output, int groupFrames) {
        return output - output % groupFrames;
    }
}
