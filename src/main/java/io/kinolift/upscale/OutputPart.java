package io.kinolift.upscale;

import io.kinolift.frame.Picture;

/** Makes some of an output's planes, with buffers of its own. One thread at a time. */
interface OutputPart {
    /** As {@link BoundOperator#upscale}. */
    void upscale(long output, InputFrames inputs, Picture out, int band, int bands);

    /** The first row of a band; of the next one, the end of its rows. */
    static int firstRow(int height, int band, int bands) {
        return Math.toIntExact((long) height * band / bands);
    }
}
