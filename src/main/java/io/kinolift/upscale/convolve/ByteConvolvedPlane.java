package io.kinolift.upscale.convolve;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@link ConvolvedPlane} of bytes. */
final class ByteConvolvedPlane extends ConvolvedPlane {
    private static final int TRIPLE = 3;

    private final int[] components;
    /** Per interleaved component: part of a row, from column step to column step. */
    private final byte[][] lines;
    /** Per component of the input where its row of floats is. */
    private final int[] places;

    /** @param components of the plane that are the channels, in this order: one, or all three of RGB */
    ByteConvolvedPlane(
            ConvTransposeKernel kernel,
            ConvTables tables,
            Border border,
            int plane,
            int[] components,
            int width,
            int height,
            int outputWidth) {
        super(kernel, tables, border, plane, components.length, width, height, outputWidth);
        this.components = components;
        lines = new byte[components.length][lineLength()];
        places = new int[components.length];
    }

    /** All components of RGB are read and written at once. */
    private boolean triples() {
        return components.length == TRIPLE;
    }

    @Override
    void read(Picture picture, int y, float[] to, int at, int channelStride) {
        Plane source = picture.plane(plane);
        long row = y * source.stride();
        if (!triples()) {
            kernel.widen(source.data(), row + components[0], source.components(), source.width(), to, at);
            return;
        }
        for (int c = 0; c < components.length; c++) {
            places[components[c]] = at + c * channelStride;
        }
        kernel.rgb().split(source.data(), row, source.width(), to, places);
    }

    @Override
    void round(float[] sums, int at, int phaseStride, int count, int channel) {
        byte[] line = lines[triples() ? components[channel] : channel];
        kernel.round(sums, at, phaseStride, tables.columns.stride(), count, line, 0);
    }

    @Override
    void write(Plane target, long y, int first, int from, int to) {
        long offset = y * target.stride();
        if (triples()) {
            kernel.rgb().merge(lines, first, to - from, target.data(), offset + (long) TRIPLE * from);
            return;
        }
        byte[] line = lines[0];
        if (target.components() == 1) {
            MemorySegment.copy(line, first, target.data(), ValueLayout.JAVA_BYTE, offset + from, to - from);
            return;
        }
        for (int x = from; x < to; x++) {
            long at = offset + (long) x * target.components() + components[0];
            target.data().set(ValueLayout.JAVA_BYTE, at, line[first + x - from]);
        }
    }
}
