package io.kinolift.frame;

/**
 * The positions of an operator's outputs in time. Inputs and outputs are both counted 0, 1, 2, ... from the start of a
 * segment. Output o <em>belongs to</em> input {@code floor(o / factor)}, or to the segment's last input.
 */
public interface TimeGrid {
    /** Output frames per input frame, positive. */
    Rational factor();

    /** The largest number of inputs that an output may need before the input that it belongs to. */
    int haloBefore();

    /** The largest number of inputs that an output may need after the input that it belongs to. */
    int haloAfter();

    /** The number of outputs of a whole segment of {@code frames} inputs, by the operator's own formula. */
    long outputCount(long frames);

    /**
     * The first input that output o takes a tap from, as if the segment had no start, so it may be negative. It never
     * exceeds the first input of a later output.
     */
    long firstTap(long output);

    /**
     * The last input that output o takes a tap from, as if the segment had no end. It is never below the last input of
     * an earlier output.
     */
    long lastTap(long output);

    /** The input that output o mainly shows; never outside the taps, before clamping to the segment. */
    long nearestInput(long output);

    /** The number of outputs that belong to inputs before {@code input}, in a segment that continues. */
    default long outputsBefore(long input) {
        return factor().ceilOfProduct(input);
    }

    /**
     * The output sequence of the first output of a segment, in a stream whose settings never change. It follows from
     * the input sequence only, so it does not depend on earlier cuts between segments, and no output of another segment
     * has the same sequence.
     */
    default long firstSequence(long segmentStart) {
        return factor().ceilOfProduct(segmentStart);
    }

    /** The input that output o belongs to, in a segment that continues. */
    default long owner(long output) {
        return factor().inverse().floorOfProduct(output);
    }
}
