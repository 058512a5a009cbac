package io.kinolift.upscale;

import io.kinolift.frame.Picture;

/** Where an operator that computes in float takes the rows of its inputs from. */
@FunctionalInterface
public interface RowSource {
    /** Writes row y of channel c from {@code at + c * channelStride} on. */
    void read(Picture picture, int y, float[] rows, int at, int channelStride);
}
