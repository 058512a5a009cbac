package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;

/** An operator for pictures of one format. Safe for use by several threads, also on bands of one output. */
public interface BoundOperator {
    PixelFormat outputFormat();

    /** Luma samples per output row. */
    int outputWidth();

    /** Luma rows of an output. */
    int outputHeight();

    /**
     * Writes one band of output o: of every plane, the rows that are nearest to rows [h * band / bands,
     * h * (band + 1) / bands) of an input's plane of height h.
     *
     * @param output counted from the start of the segment
     * @param out of the output format and size
     */
    void upscale(long output, InputFrames inputs, Picture out, int band, int bands);
}
