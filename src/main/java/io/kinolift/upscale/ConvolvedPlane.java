package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.ConvTransposeKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Components of one plane, convolved and rounded straight into the same components of the output. */
final class ConvolvedPlane implements OutputPart {
    private static final int TRIPLE = 3;

    private final ConvTransposeKernel kernel;
    private final ConvTables tables;
    private final int plane;
    private final int[] components;
    private final ConvolvedRows rows;
    /** Per row phase and interleaved component: the row, from column step to column step. */
    private final byte[][][] lines;
    /** The same per channel. */
    private final byte[][][] channelLines;
    /** A row of the input taken apart; empty where components are read one by one. */
    private final byte[][] samples;

    /** @param components of the plane that are the channels, in this order: one, or all three of RGB */
    ConvolvedPlane(
            ConvTransposeKernel kernel, ConvTables tables, Border border, int plane, int[] components, int width,
            int height, int outputWidth) {
        this.kernel = kernel;
        this.tables = tables;
        this.plane = plane;
        this.components = components;
        rows = new ConvolvedRows(kernel, tables, border, this::read, width, height, outputWidth);
        int length = (rows.columnSteps() + kernel.slack()) * tables.columns.stride();
        lines = new byte[tables.rows.stride()][components.length][length];
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

    private void read(Picture picture, int y, float[] to, int at, int channelStride) {
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
    public void upscale(long output, InputFrames inputs, Picture out, int band, int bands) {
        Plane target = out.plane(plane);
        int from = OutputPart.firstRow(target.height(), band, bands);
        int to = OutputPart.firstRow(target.height(), band + 1, bands);
        rows.begin(output, inputs);
        for (long step = tables.rows.step(from); from < to && step <= tables.rows.step(to - 1L); step++) {
            rows.step(step, this::round);
            long first = step * tables.rows.stride() - tables.rows.padding();
            for (int phase = 0; phase < tables.rows.stride(); phase++) {
                if (first + phase >= from && first + phase < to) {
                    write(phase, target, (first + phase) * target.stride());
                }
            }
        }
        rows.end();
    }

    private void round(float[] sums, int column, int count) {
        int phases = tables.columns.stride();
        for (int c = 0; c < components.length; c++) {
            for (int phase = 0; phase < tables.rows.stride(); phase++) {
                kernel.round(
                        sums, rows.at(c, phase), rows.phaseStride(), phases, count, channelLines[c][phase], column * phases);
            }
        }
    }

    private void write(int rowPhase, Plane target, long offset) {
        int first = tables.columns.phase(0);
        if (triples()) {
            kernel.rgb().merge(lines[rowPhase], first, target.width(), target.data(), offset);
            return;
        }
        byte[] line = lines[rowPhase][0];
        if (target.components() == 1) {
            MemorySegment.copy(line, first, target.data(), ValueLayout.JAVA_BYTE, offset, target.width());
            return;
        }
        for (int x = 0; x < target.width(); x++) {
            long at = offset + (long) x * target.components() + components[0];
            target.data().set(ValueLayout.JAVA_BYTE, at, line[first + x]);
        }
    }
}
