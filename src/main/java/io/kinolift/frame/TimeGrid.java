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

    /**
     * The first input that output o takes a tap from, if the segment had no start: may be negative. Never more than
     * that of a later output.
     */
    long firstTap(long output);

    /** The last input that output o takes a tap from, if the segment had no end; never less than an earlier one's. */
    long lastTap(long output);

    /** The input whose picture output o shows most of; never outside the taps, before clamping to the segment. */
    long nearestInput(long output);

    /** Outputs that belong to inputs before {@code input}, in a segment that goes on. */
    default long outputsBefore(long input) {
        return factor().ceilOfProduct(input);
    }

    /**
     * The output sequence of the first output of a segment: a function of the input sequence alone, so that it does not
     * depend on where segments were cut before, and never that of another segment's output.
     */
    default long firstSequence(long segmentStart) {
        return factor().ceilOfProduct(segmentStart);
    }

    /** The input that output o belongs to, in a segment that goes on. */
    default long owner(long output) {
        return factor().inverse().floorOfProduct(output);
    }
}
