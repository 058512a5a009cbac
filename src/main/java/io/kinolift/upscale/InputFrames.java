package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.pair.Pair;
import io.kinolift.pair.PictureChange;

/**
 * The inputs an operator may see. Taps before {@link #first} or after {@link #last} take the nearer of the two; this is
 * also how an operator learns of the ends of a segment and of barriers. With align corners in time the inputs are one
 * tensor: outputs then count from 0 at its start, whatever {@code first} is.
 */
public interface InputFrames {
    /** The first available input. */
    long first();

    /** The last available input, inclusive. */
    long last();

    /**
     * Whether the segment ends with the last input; otherwise it continues behind a barrier. The segment starts with
     * the first input if that is input 0.
     */
    default boolean reachesEnd() {
        return true;
    }

    /** The picture of an input in first..last, in the bound format and size. */
    Picture at(long index);

    /**
     * The pair of inputs {@code index} and {@code index + 1}, both in first..last. It is computed anew unless an
     * implementation remembers it.
     */
    default Pair pair(long index) {
        return Pair.of(at(index), at(index + 1));
    }

    /**
     * How much one input differs from another, both in first..last; see {@link PictureChange}. It is computed anew unless
     * an implementation remembers it.
     */
    default int change(long before, long after) {
        return PictureChange.between(at(before), at(after));
    }
}
