package io.kinolift.frame;

/**
 * Where an operator's outputs lie in time. Inputs are counted 0, 1, 2, ... from the start of a segment, outputs
 * likewise. Output o <em>belongs to</em> input {@code floor(o / factor)}, or to the segment's last input.
 */
public interface TimeGrid {
    /** Output frames per input frame, positive. */
    Rational factor();

    /** How many inputs before the one it belongs to any output may need. */
    int haloBefore();

    /** How many inputs after the one it belongs to any output may need. */
    int haloAfter();

    /** Outputs of a whole segment of {@code frames} inputs, by the operator's own formula. */
    long outputCount(long frames);

    /** The first input that output o takes a tap from, if the segment had no start: may be negative. */
    long firstTap(long output);

    /** The last input that output o takes a tap from, if the segment had no end. */
    long lastTap(long output);

    /** The input whose picture output o shows most of; never outside the taps, before clamping to the segment. */
    long nearestInput(long output);

    /** Outputs that belong to inputs before {@code input}, in a segment that goes on. */
    default long outputsBefore(long input) {
        return factor().ceilOfProduct(input);
    }

    /** The input that output o belongs to, in a segment that goes on. */
    default long owner(long output) {
        return factor().inverse().floorOfProduct(output);
    }
}
