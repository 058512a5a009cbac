package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.pair.Pair;

/**
 * The inputs an operator may see. Taps before {@link #first} or after {@link #last} take the nearer of the two, so this
 * is also how the ends of a segment and barriers are told to it. With align corners in time the inputs are one tensor:
 * outputs then count from 0 at its start, whatever {@code first} is.
 */
public interface InputFrames {
    /** The first input there is. */
    long first();

    /** The last input there is, inclusive. */
    long last();

    /**
     * Whether the segment ends with the last input, rather than going on behind a barrier. It starts with the first if
     * that is input 0.
     */
    default boolean reachesEnd() {
        return true;
    }

    /** The picture of an input in first..last; of the bound format and size. */
    Picture at(long index);

    /**
     * What inputs {@code index} and {@code index + 1} tell, both in first..last. Computed anew, unless somebody remembers
     * it.
     */
    default Pair pair(long index) {
        return Pair.of(at(index), at(index + 1));
    }
}
