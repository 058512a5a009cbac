package io.kinolift.upscale;

import io.kinolift.frame.Plane;

/** Makes rows of planes at twice the height and width. One thread at a time. */
interface DoublingRows {
    /** Whether sums of time weights with this denominator fit the lanes. */
    boolean serves(long timeDenominator);

    /** @param denominator of the time weights of {@code inputs} */
    void make(BlendedRows inputs, int denominator, Plane target, int from, int to);
}
