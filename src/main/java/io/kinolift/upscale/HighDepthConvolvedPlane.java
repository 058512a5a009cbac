package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.ConvTransposeKernel;

/** A plane of high-depth samples, convolved and rounded straight into the output: what {@link ConvolvedPlane} is for bytes. */
final class HighDepthConvolvedPlane implements OutputPart {
    private final ConvTransposeKernel kernel;
    private final ConvTables tables;
    private final int plane;
    private final ConvolvedRows rows;
    /** Per row phase: the row, from column step to column step. */
    private final short[][] lines;

    HighDepthConvolvedPlane(
            ConvTransposeKernel kernel, ConvTables tables, Border border, int plane, int width, int height,
            int outputWidth) {
        this.kernel = kernel;
        this.tables = tables;
        this.plane = plane;
        rows = new ConvolvedRows(kernel, tables, border, this::read, width, height, outputWidth);
        lines = new short[tables.rows.stride()][(rows.columnSteps() + kernel.slack()) * tables.columns.stride()];
    }

    private void read(Picture picture, int y, float[] to, int at, int channelStride) {
        SampleRows.read(kernel, picture.plane(plane), 0, y, to, at);
    }

    @Override
    public void upscale(long output, InputFrames inputs, Picture out, int band, int bands) {
        Plane target = out.plane(plane);
        int from = OutputPart.firstRow(target.height(), band, bands);
        int to = OutputPart.firstRow(target.height(), band + 1, bands);
        rows.begin(output, inputs);
        for (long step = tables.rows.step(from); from < to && step <= tables.rows.step(to - 1L); step++) {
            rows.step(step, this::round);
            int first = (int) (step * tables.rows.stride() - tables.rows.padding());
            for (int phase = 0; phase < tables.rows.stride(); phase++) {
                if (first + phase >= from && first + phase < to) {
                    SampleRows.write(lines[phase], tables.columns.phase(0), target, first + phase);
                }
            }
        }
        rows.end();
    }

    private void round(float[] sums, int column, int count) {
        int phases = tables.columns.stride();
        for (int phase = 0; phase < tables.rows.stride(); phase++) {
            kernel.round(
                    sums, rows.at(0, phase), rows.phaseStride(), phases, count, lines[phase], column * phases);
        }
    }
}
