package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.ConvTransposeKernel;

/** {@link ConvolvedPlane} of high-depth samples, which are never interleaved. */
final class HighDepthConvolvedPlane extends ConvolvedPlane {
    /** Per row phase: part of the row, from column step to column step. */
    private final short[][] lines;

    HighDepthConvolvedPlane(
            ConvTransposeKernel kernel, ConvTables tables, Border border, int plane, int width, int height,
            int outputWidth) {
        super(kernel, tables, border, plane, 1, width, height, outputWidth);
        lines = new short[tables.rows.stride()][lineLength()];
    }

    @Override
    void read(Picture picture, int y, float[] to, int at, int channelStride) {
        SampleRows.read(kernel, picture.plane(plane), 0, y, to, at);
    }

    @Override
    void round(float[] sums, int at, int phaseStride, int count, int channel, int rowPhase) {
        kernel.round(sums, at, phaseStride, tables.columns.stride(), count, lines[rowPhase], 0);
    }

    @Override
    void write(int rowPhase, Plane target, long y, int first, int from, int to) {
        SampleRows.write(lines[rowPhase], first, target, y, from, to);
    }
}
