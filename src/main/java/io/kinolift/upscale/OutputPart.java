package io.kinolift.upscale;

import io.kinolift.frame.Picture;

/** Makes some of an output's planes, with buffers of its own. One thread at a time. */
public interface OutputPart {
    /** As {@link BoundOperator#upscale}. */
    void upscale(long output, InputFrames inputs, Picture out, int band, int bands);
}
