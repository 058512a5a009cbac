package io.kinolift.upscale.convolve;

import io.kinolift.frame.Picture;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.upscale.Band;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.OutputPart;

/** Components in planes of one size, convolved and rounded straight into the same components of the output. */
abstract sealed class ConvolvedChannels implements OutputPart permits PlacedChannels, PackedRgbPlane {
    final ConvTransposeKernel kernel;
    final ConvTables tables;
    private final int plane;
    private final int channels;
    private final ConvolvedRows rows;
    private Picture target;
    private Band made;
    private long firstRow;

    /** @param plane one of the planes that hold the components */
    ConvolvedChannels(
            ConvTransposeKernel kernel,
            ConvTables tables,
            Border border,
            int plane,
            int channels,
            int width,
            int height,
            int outputWidth) {
        this.kernel = kernel;
        this.tables = tables;
        this.plane = plane;
        this.channels = channels;
        rows = new ConvolvedRows(kernel, tables, border, this::read, width, height, outputWidth);
    }

    /** The room that a line needs, in samples: the column steps made at once. */
    final int lineLength() {
        return (kernel.chunk() + kernel.slack()) * tables.columns.stride();
    }

    /** Reads an input row for {@link ConvolvedRows}. */
    abstract void read(Picture picture, int y, float[] to, int at, int channelStride);

    /**
     * Rounds neighbouring sums of all column phases into a line.
     *
     * @param at index of the first phase's sums
     * @param phaseStride distance from one phase's sums to the next phase's
     */
    abstract void round(float[] sums, int at, int phaseStride, int count, int channel);

    /**
     * Writes the lines of all channels to samples {@code from} to {@code to} of a row of the output.
     *
     * @param first index of the first of these samples in the lines
     */
    abstract void write(Picture target, long y, int first, int from, int to);

    @Override
    public final void upscale(long output, InputFrames inputs, Picture out, int band, int bands) {
        target = out;
        made = Band.of(plane, inputs, out, band, bands);
        rows.begin(output, inputs);
        for (long step = tables.rows.step(made.from());
                !made.isEmpty() && step <= tables.rows.step(made.to() - 1L);
                step++) {
            firstRow = step * tables.rows.stride() - tables.rows.padding();
            rows.step(step, this::take);
        }
        rows.end();
        target = null;
    }

    /** Rounds and writes some columns, so that they stay in the nearest cache all the time. */
    private void take(float[] sums, int column, int count) {
        int lineStart = column * tables.columns.stride() - tables.columns.phase(0);
        int from = Math.max(0, lineStart);
        int to = Math.min(target.plane(plane).width(), lineStart + count * tables.columns.stride());
        for (int phase = 0; phase < tables.rows.stride(); phase++) {
            if (made.holds(firstRow + phase)) {
                for (int channel = 0; channel < channels; channel++) {
                    round(sums, rows.at(channel, phase), rows.phaseStride(), count, channel);
                }
                write(target, firstRow + phase, from - lineStart, from, to);
            }
        }
    }
}
