package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.ConvTransposeKernel;

/** Components of one plane, convolved and rounded straight into the same components of the output. */
abstract sealed class ConvolvedPlane implements OutputPart permits ByteConvolvedPlane, HighDepthConvolvedPlane {
    final ConvTransposeKernel kernel;
    final ConvTables tables;
    final int plane;
    private final int channels;
    private final ConvolvedRows rows;

    ConvolvedPlane(
            ConvTransposeKernel kernel, ConvTables tables, Border border, int plane, int channels, int width,
            int height, int outputWidth) {
        this.kernel = kernel;
        this.tables = tables;
        this.plane = plane;
        this.channels = channels;
        rows = new ConvolvedRows(kernel, tables, border, this::read, width, height, outputWidth);
    }

    /** Samples that a line needs room for, from column step to column step. */
    final int lineLength() {
        return (rows.columnSteps() + kernel.slack()) * tables.columns.stride();
    }

    /** Reads an input row for {@link ConvolvedRows}. */
    abstract void read(Picture picture, int y, float[] to, int at, int channelStride);

    /**
     * Rounds neighbouring sums of all column phases into a line.
     *
     * @param at where the sums of the first phase are
     * @param phaseStride from one phase's to the next's
     * @param lineAt where in the line they go
     */
    abstract void round(
            float[] sums, int at, int phaseStride, int count, int channel, int rowPhase, int lineAt);

    /** Writes the lines of a row phase, of all channels, to a row of the output. */
    abstract void write(int rowPhase, Plane target, long y);

    @Override
    public final void upscale(long output, InputFrames inputs, Picture out, int band, int bands) {
        Plane target = out.plane(plane);
        Band made = Band.of(plane, inputs, out, band, bands);
        rows.begin(output, inputs);
        for (long step = tables.rows.step(made.from());
                !made.isEmpty() && step <= tables.rows.step(made.to() - 1L); step++) {
            rows.step(step, this::round);
            long first = step * tables.rows.stride() - tables.rows.padding();
            for (int phase = 0; phase < tables.rows.stride(); phase++) {
                if (made.holds(first + phase)) {
                    write(phase, target, first + phase);
                }
            }
        }
        rows.end();
    }

    private void round(float[] sums, int column, int count) {
        int lineAt = column * tables.columns.stride();
        for (int channel = 0; channel < channels; channel++) {
            for (int phase = 0; phase < tables.rows.stride(); phase++) {
                round(sums, rows.at(channel, phase), rows.phaseStride(), count, channel, phase, lineAt);
            }
        }
    }
}
