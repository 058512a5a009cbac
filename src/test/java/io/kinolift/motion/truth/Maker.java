package io.kinolift.motion.truth;

import io.kinolift.frame.Picture;

/** Makes pictures between two others. */
interface Maker {
    /** At numerator / denominator of the way from the first to the second. */
    Picture make(int numerator, int denominator);

    /** The motion from the first to the second of what is in the first, or null without one: sample by sample, x then y. */
    float[] flow();

    /** Of two inputs. */
    interface Start {
        Maker of(Picture first, Picture second);
    }
}
