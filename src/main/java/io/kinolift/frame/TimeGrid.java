package io.kinolift.frame;

/**
 * Where an operator's outputs lie in time. Inputs and outputs are both counted 0, 1, 2, ... from the start of a
 * segment. Output o <em>belongs to</em> input {@code floor(o / factor)}, or to the segment's last input.
 */
public interface TimeGrid {
    /** Output frames per input frame, positive. */
    Rational factor();

    /** Most inputs that an output may need before the input that it belongs to. */
    int haloBefore();

    /** Most inputs that an output may need after the input that it belongs to. */
    int haloAfter();

    /** Outputs of a whole segment of {@code frames} inputs, by the operator's own formula. */
    long outputCount(long frames);

    /**
     * The first input that output o takes a tap from, as if the segment had no start, so it may be negative. It is
     * never larger than that of a later output.
     */
    long firstTap(long output);

    /** The last input that output o takes a tap from, as if the segment had no end; never below an earlier one's. */
    long lastTap(long output);

    /** The input that output o shows most of; never outside the taps, before clamping to the segment. */
    long nearestInput(long output);

    /** Outputs that belong to inputs before {@code input}, in a segment that goes on. */
    default long outputsBefore(long input) {
        return factor().ceilOfProduct(input);
    }

    /**
     * The output sequence of the first output of a segment. It follows from the input sequence only, so it does not
     * depend on where earlier segments were cut, and it is never the sequence of another segment's output.
     */
    default long firstSequence(long segmentStart) {
        return factor().ceilOfProduct(segmentStart);
    }

    /** The input that output o belongs to, in a segment that goes on. */
    default long owner(long output) {
        return factor().inverse().floorOfProduct(output);
    }
}
