package io.kinolift.upscale;

import io.kinolift.frame.Picture;

/** The source of input rows for an operator that computes in float. */
@FunctionalInterface
public interface RowSource {
    /** Writes row y of channel c from {@code at + c * channelStride} on. */
    void read(Picture picture, int y, float[] rows, int at, int channelStride);
}
