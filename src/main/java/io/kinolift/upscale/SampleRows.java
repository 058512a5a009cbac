package io.kinolift.upscale;

import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.kernel.sample.SampleType;

/** Rows of planes, for kernels. */
public final class SampleRows {
    private SampleRows() {}

    /** The kernels' description of a format's samples. */
    public static SampleType samples(PixelFormat format) {
        return new SampleType(format.maxSample(), format.sampleShift());
    }

    /** Converts a row of one component to float. */
    public static void read(ConvTransposeKernel kernel, Plane plane, int component, int y, float[] row, int at) {
        long offset = y * plane.stride() + (long) component * plane.sampleBytes();
        kernel.widen(samples(plane.format()), plane.data(), offset, plane.components(), plane.width(), row, at);
    }
}
