package io.kinolift.upscale;

import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.TimeGrid;

/** What turns inputs into output pictures, before a picture size is known. Safe for use by several threads. */
public interface Operator {
    /** Where outputs lie in time. With align corners in time, its taps and halo hold for counts and owners only. */
    TimeGrid timeGrid();

    /** Luma samples of an output picture, without computing its geometry; {@code Long.MAX_VALUE} where they overflow. */
    long outputPixels(int width, int height);

    /**
     * Computes the geometry for one format.
     *
     * @param width luma samples per input row
     * @param height luma rows of an input
     * @throws IllegalArgumentException if the output would have no samples
     */
    BoundOperator bind(PixelFormat format, int width, int height);
}
