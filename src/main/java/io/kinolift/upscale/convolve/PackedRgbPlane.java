package io.kinolift.upscale.convolve;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Role;
import io.kinolift.kernel.convolve.ConvTransposeKernel;

/**
 * {@link ConvolvedChannels} for a plane that holds only interleaved red, green and blue bytes, read and written at
 * once.
 */
final class PackedRgbPlane extends ConvolvedChannels {
    static final int TRIPLE = 3;

    /** The places of red, green and blue in a triple. */
    private final int[] components = new int[TRIPLE];
    /** Per interleaved component: part of a row, from column step to column step. */
    private final byte[][] lines = new byte[TRIPLE][lineLength()];
    /** Per component of the input, the start of its row of floats. */
    private final int[] places = new int[TRIPLE];

    PackedRgbPlane(
            ConvTransposeKernel kernel,
            ConvTables tables,
            Border border,
            PixelFormat format,
            int width,
            int height,
            int outputWidth) {
        super(kernel, tables, border, 0, TRIPLE, width, height, outputWidth);
        components[0] = format.place(Role.RED).component();
        components[1] = format.place(Role.GREEN).component();
        components[2] = format.place(Role.BLUE).component();
    }

    @Override
    void read(Picture picture, int y, float[] to, int at, int channelStride) {
        Plane source = picture.plane(0);
        for (int c = 0; c < TRIPLE; c++) {
            places[components[c]] = at + c * channelStride;
        }
        kernel.rgb().split(source.data(), y * source.stride(), source.width(), to, places);
    }

    @Override
    void round(float[] sums, int at, int phaseStride, int count, int channel) {
        kernel.round(sums, at, phaseStride, tables.columns.stride(), count, lines[components[channel]], 0);
    }

    @Override
    void write(Picture target, long y, int first, int from, int to) {
        Plane plane = target.plane(0);
        kernel.rgb().merge(lines, first, to - from, plane.data(), y * plane.stride() + (long) TRIPLE * from);
    }
}
