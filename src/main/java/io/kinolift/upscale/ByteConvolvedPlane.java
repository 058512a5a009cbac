package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.ConvTransposeKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@link ConvolvedPlane} of bytes. */
final class ByteConvolvedPlane extends ConvolvedPlane {
    private static final int TRIPLE = 3;

    private final int[] components;
    /** Per row phase and interleaved component: part of the row, from column step to column step. */
    private final byte[][][] lines;
    /** The same per channel. */
    private final byte[][][] channelLines;
    /** A row of the input taken apart; empty where components are read one by one. */
    private final byte[][] samples;

    /** @param components of the plane that are the channels, in this order: one, or all three of RGB */
    ByteConvolvedPlane(
            ConvTransposeKernel kernel, ConvTables tables, Border border, int plane, int[] components, int width,
            int height, int outputWidth) {
        super(kernel, tables, border, plane, components.length, width, height, outputWidth);
        this.components = components;
        lines = new byte[tables.rows.stride()][components.length][lineLength()];
        channelLines = new byte[components.length][tables.rows.stride()][];
        for (int c = 0; c < components.length; c++) {
            for (int phase = 0; phase < tables.rows.stride(); phase++) {
                channelLines[c][phase] = lines[phase][triples() ? components[c] : c];
            }
        }
        samples = triples() ? new byte[TRIPLE][width] : new byte[0][];
    }

    /** All components of RGB are read and written at once. */
    private boolean triples() {
        return components.length == TRIPLE;
    }

    @Override
    void read(Picture picture, int y, float[] to, int at, int channelStride) {
        Plane source = picture.plane(plane);
        long row = y * source.stride();
        if (triples()) {
            kernel.rgb().split(source.data(), row, source.width(), samples);
        }
        for (int c = 0; c < components.length; c++) {
            int channelAt = at + c * channelStride;
            if (triples()) {
                kernel.widen(samples[components[c]], source.width(), to, channelAt);
            } else {
                kernel.widen(
                        source.data(), row + components[c], source.components(), source.width(), to, channelAt);
            }
        }
    }

    @Override
    void round(float[] sums, int at, int phaseStride, int count, int channel, int rowPhase) {
        kernel.round(sums, at, phaseStride, tables.columns.stride(), count, channelLines[channel][rowPhase], 0);
    }

    @Override
    void write(int rowPhase, Plane target, long y, int first, int from, int to) {
        long offset = y * target.stride();
        if (triples()) {
            kernel.rgb().merge(lines[rowPhase], first, to - from, target.data(), offset + (long) TRIPLE * from);
            return;
        }
        byte[] line = lines[rowPhase][0];
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
