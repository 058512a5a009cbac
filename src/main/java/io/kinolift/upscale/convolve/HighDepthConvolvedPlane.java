package io.kinolift.upscale.convolve;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.upscale.SampleRows;

/** {@link ConvolvedPlane} of high-depth samples, which are never interleaved. */
final class HighDepthConvolvedPlane extends ConvolvedPlane {
    /** Part of a row, from column step to column step. */
    private final short[] line;

    HighDepthConvolvedPlane(
            ConvTransposeKernel kernel,
            ConvTables tables,
            Border border,
            int plane,
            int width,
            int height,
            int outputWidth) {
        super(kernel, tables, border, plane, 1, width, height, outputWidth);
        line = new short[lineLength()];
    }

    @Override
    void read(Picture picture, int y, float[] to, int at, int channelStride) {
        SampleRows.read(kernel, picture.plane(plane), 0, y, to, at);
    }

    @Override
    void round(float[] sums, int at, int phaseStride, int count, int channel) {
        kernel.round(sums, at, phaseStride, tables.columns.stride(), count, line, 0);
    }

    @Override
    void write(Plane target, long y, int first, int from, int to) {
        SampleRows.write(line, first, target, y, from, to);
    }
}
