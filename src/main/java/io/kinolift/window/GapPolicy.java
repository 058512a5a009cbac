package io.kinolift.window;

/** The treatment of missing frames in a segment. */
public enum GapPolicy {
    /** The segment ends there; the next one begins marked as a discontinuity. */
    SPLIT,
    /** The frame before the gap is repeated at each place. */
    HOLD,
    /** Each place gets the frames on either side of the gap, blended by their distance in time. */
    BRIDGE
}
