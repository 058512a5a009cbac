package io.kinolift.upscale;

import io.kinolift.frame.Plane;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import java.lang.foreign.MemorySegment;

/** Rows of planes of either kind of sample. */
public final class SampleRows {
    private SampleRows() {}

    /**
     * Converts a row of one component to float.
     *
     * @param component 0 of high-depth samples, which are not interleaved
     */
    public static void read(ConvTransposeKernel kernel, Plane plane, int component, int y, float[] row, int at) {
        long offset = y * plane.stride();
        if (plane.sampleBytes() == Short.BYTES) {
            kernel.widenShorts(plane.data(), offset, plane.width(), row, at);
        } else {
            kernel.widen(plane.data(), offset + component, plane.components(), plane.width(), row, at);
        }
    }

    /** Copies high-depth samples, from {@code first} of the line on, to samples {@code from} to {@code to} of a row. */
    public static void write(short[] line, int first, Plane target, long y, int from, int to) {
        MemorySegment.copy(
                line,
                first,
                target.data(),
                Plane.SHORT_SAMPLE,
                y * target.stride() + (long) Short.BYTES * from,
                to - from);
    }
}
