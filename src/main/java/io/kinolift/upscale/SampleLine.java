package io.kinolift.upscale;

import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A line of rounded samples of either kind, on their way from sums into a plane. One thread at a time. */
public final class SampleLine {
    private final ConvTransposeKernel kernel;
    private final SampleType samples;
    /** Null for shorts. */
    private final byte[] bytes;
    /** Null for bytes. */
    private final short[] shorts;

    /** @param length room for the samples rounded at once, and the kernel's slack */
    public SampleLine(ConvTransposeKernel kernel, PixelFormat format, int length) {
        this.kernel = kernel;
        samples = SampleRows.samples(format);
        bytes = samples.areBytes() ? new byte[length] : null;
        shorts = samples.areBytes() ? null : new short[length];
    }

    /** Rounds sums and joins the phases of a row, starting at the beginning of the line. */
    public void round(float[] sums, int at, int phaseStride, int phases, int count) {
        if (shorts == null) {
            kernel.round(sums, at, phaseStride, phases, count, bytes, 0);
        } else {
            kernel.round(samples, sums, at, phaseStride, phases, count, shorts, 0);
        }
    }

    /**
     * Writes a component's samples to positions {@code from} to {@code to} of a row.
     *
     * @param first index of the first of them in the line
     */
    public void write(int first, Plane target, int component, long y, int from, int to) {
        int components = target.components();
        long offset = y * target.stride() + ((long) from * components + component) * samples.size();
        int count = to - from;
        if (components > 1) {
            spread(first, target.data(), offset, components, count);
        } else if (shorts == null) {
            MemorySegment.copy(bytes, first, target.data(), ValueLayout.JAVA_BYTE, offset, count);
        } else {
            MemorySegment.copy(shorts, first, target.data(), Plane.SHORT_SAMPLE, offset, count);
        }
    }

    private void spread(int first, MemorySegment data, long offset, int step, int count) {
        if (shorts == null) {
            for (int x = 0; x < count; x++) {
                data.set(ValueLayout.JAVA_BYTE, offset + (long) x * step, bytes[first + x]);
            }
        } else {
            for (int x = 0; x < count; x++) {
                data.set(Plane.SHORT_SAMPLE, offset + (long) Short.BYTES * x * step, shorts[first + x]);
            }
        }
    }
}
