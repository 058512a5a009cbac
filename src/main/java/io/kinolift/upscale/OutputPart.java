package io.kinolift.upscale;

import io.kinolift.frame.Picture;

/** Makes some of an output's planes, with its own buffers. One thread at a time. */
public interface OutputPart {
    /**
     * Writes one band of output o. In each plane these are the rows nearest to rows [h * band / bands, h * (band + 1) /
     * bands) of an input's plane of height h.
     *
     * @param output index counted from the start of the segment
     * @param out of the output format and size
     */
    void upscale(long output, InputFrames inputs, Picture out, int band, int bands);
}
