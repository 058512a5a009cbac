package io.kinolift.upscale;

import io.kinolift.frame.Picture;

/** Makes some of an output's planes, with buffers of its own. One thread at a time. */
public interface OutputPart {
    /**
     * Writes one band of output o: of each of its planes, the rows that are nearest to rows [h * band / bands,
     * h * (band + 1) / bands) of an input's plane of height h.
     *
     * @param output counted from the start of the segment
     * @param out of the output format and size
     */
    void upscale(long output, InputFrames inputs, Picture out, int band, int bands);
}
