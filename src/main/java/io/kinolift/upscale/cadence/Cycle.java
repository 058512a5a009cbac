package io.kinolift.upscale.cadence;

import java.util.List;

/**
 * A regular conversion of the rate: so many pictures in so many frames, the picture k first at frame ceil(k * frames /
 * pictures).
 *
 * @param frames at most {@link Holds#LONGEST}
 * @param pictures at least 2, or all holds would be alike, and without a common divisor
 */
record Cycle(int pictures, int frames) {
    static final List<Cycle> ALL =
            List.of(new Cycle(2, 3), new Cycle(3, 4), new Cycle(4, 5), new Cycle(2, 5), new Cycle(3, 5));

    /** The frame, counted from the first, where a picture first appears. */
    int appearance(int picture) {
        return Math.ceilDiv(picture * frames, pictures);
    }

    /** Whether a cycle of this kind begins at a frame, behind another one. */
    boolean begins(long first, Holds holds) {
        return is(first, holds) && is(first - frames, holds);
    }

    private boolean is(long first, Holds holds) {
        for (int picture = 0; picture < pictures; picture++) {
            long frame = first + appearance(picture);
            int held = appearance(picture + 1) - appearance(picture);
            boolean fits = held > 1 ? holds.rests(frame, held) : holds.moves(frame) && holds.moves(frame + 1);
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
