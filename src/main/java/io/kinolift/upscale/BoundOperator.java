package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;

/** An operator for pictures of one format. Safe for use by several threads. */
public interface BoundOperator {
    PixelFormat outputFormat();

    /** Luma samples per output row. */
    int outputWidth();

    /** Luma rows of an output. */
    int outputHeight();

    /**
     * Writes output o.
     *
     * @param output index counted from the start of the segment
     * @param out of the output format and size
     * @param bands divides the work
     */
    void upscale(long output, InputFrames inputs, Picture out, Bands bands);

    /**
     * Whether an input is shown as a repeat of the picture before it, with other pictures in its place.
     *
     * @param input one that an output in reach belongs to
     * @param inputs those that this output may see
     */
    default boolean isRepeat(long input, InputFrames inputs) {
        return false;
    }

    /** Native memory in bytes to make one output, besides its inputs and the output itself. */
    default long scratchBytes() {
        return 0;
    }
}
