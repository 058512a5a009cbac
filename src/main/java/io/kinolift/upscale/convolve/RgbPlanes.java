package io.kinolift.upscale.convolve;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Role;
import io.kinolift.kernel.colour.RgbCoefficients;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.upscale.Band;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.OutputPart;
import io.kinolift.upscale.SampleLine;
import io.kinolift.upscale.colour.RgbMatrix;
import io.kinolift.upscale.colour.RgbSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Luma and chroma of a picture, convolved as red, green and blue. On the way back to planes, a chroma sample is the
 * mean of the pixels it covers, which is bilinear halving; it is rounded once.
 */
final class RgbPlanes implements OutputPart {
    private final ConvTransposeKernel kernel;
    private final ConvTables tables;
    private final RgbCoefficients coefficients;
    private final PixelFormat format;
    /** The places of both chroma components, or none. */
    private final List<PixelFormat.Place> chromaPlaces;

    private final ConvolvedRows rows;
    private final int outputWidth;
    private final int rowsPerChroma;
    private final int columnsPerChroma;
    /** Per channel and row phase: the row, from column step to column step. */
    private final float[][][] lines;

    private final float[] luma;
    private final float[][] chroma;
    /** Sums over the rows that a row of chroma has covered so far. */
    private final float[][] chromaSum;

    private final SampleLine line;

    RgbPlanes(
            ConvTransposeKernel kernel,
            ConvTables tables,
            Border border,
            RgbMatrix matrix,
            PixelFormat format,
            int width,
            int height,
            int outputWidth) {
        this.kernel = kernel;
        this.tables = tables;
        coefficients = matrix.coefficients(format);
        this.format = format;
        this.outputWidth = outputWidth;
        rows = new ConvolvedRows(
                kernel, tables, border, new RgbSource(kernel, matrix, format, width), width, height, outputWidth);
        rowsPerChroma = format.rowsPerChroma();
        columnsPerChroma = format.columnsPerChroma();
        chromaPlaces = Stream.of(Role.CB, Role.CR)
                .flatMap(role -> format.find(role).stream())
                .toList();
        int length = (rows.columnSteps() + kernel.slack()) * tables.columns.stride();
        lines = new float[3][tables.rows.stride()][length];
        luma = new float[outputWidth];
        chroma = new float[2][outputWidth];
        chromaSum = new float[2][outputWidth];
        line = new SampleLine(kernel, format, outputWidth + kernel.slack());
    }

    @Override
    public void upscale(long output, InputFrames inputs, Picture out, int band, int bands) {
        Band lumaRows = Band.of(0, inputs, out, band, bands);
        Band chromaRows = chromaPlaces.isEmpty() ? Band.NONE : Band.of(1, inputs, out, band, bands);
        int from = lumaRows.from();
        int to = lumaRows.to();
        if (!chromaRows.isEmpty()) {
            from = Math.min(from, chromaRows.from() * rowsPerChroma);
            to = Math.max(to, Math.min(out.height(), chromaRows.to() * rowsPerChroma));
        }
        rows.begin(output, inputs);
        for (long step = tables.rows.step(from); from < to && step <= tables.rows.step(to - 1L); step++) {
            rows.step(step, this::join);
            long first = step * tables.rows.stride() - tables.rows.padding();
            for (int phase = 0; phase < tables.rows.stride(); phase++) {
                if (first + phase >= from && first + phase < to) {
                    row((int) first + phase, phase, out, lumaRows, chromaRows);
                }
            }
        }
        rows.end();
    }

    private void join(float[] sums, int column, int count) {
        int phases = tables.columns.stride();
        for (int c = 0; c < 3; c++) {
            for (int phase = 0; phase < tables.rows.stride(); phase++) {
                kernel.join(
                        sums, rows.at(c, phase), rows.phaseStride(), phases, count, lines[c][phase], column * phases);
            }
        }
    }

    private void row(int y, int phase, Picture out, Band lumaRows, Band chromaRows) {
        kernel.rgb()
                .fromRgb(
                        coefficients,
                        lines[0][phase],
                        lines[1][phase],
                        lines[2][phase],
                        tables.columns.phase(0),
                        outputWidth,
                        luma,
                        chroma[0],
                        chroma[1]);
        if (lumaRows.holds(y)) {
            write(luma, outputWidth, out.plane(0), 0, y);
        }
        int chromaRow = y / rowsPerChroma;
        if (chromaPlaces.isEmpty() || !chromaRows.holds(chromaRow)) {
            return;
        }
        boolean first = y % rowsPerChroma == 0;
        boolean last = y == out.height() - 1 || y % rowsPerChroma == rowsPerChroma - 1;
        for (int c = 0; c < 2; c++) {
            gather(chroma[c], chromaSum[c], first);
            if (last) {
                int samples = format.planeWidth(1, outputWidth);
                float covered = columnsPerChroma * (y % rowsPerChroma + 1);
                for (int x = 0; x < samples; x++) {
                    chromaSum[c][x] = chromaSum[c][x] / covered + coefficients.neutral();
                }
                PixelFormat.Place place = chromaPlaces.get(c);
                write(chromaSum[c], samples, out.plane(place.plane()), place.component(), chromaRow);
            }
        }
    }

    /** Adds pairs of columns; the last column counts twice if it has no partner. */
    private void gather(float[] row, float[] sum, boolean first) {
        if (first) {
            Arrays.fill(sum, 0);
        }
        if (columnsPerChroma == 1) {
            for (int x = 0; x < outputWidth; x++) {
                sum[x] += row[x];
            }
            return;
        }
        kernel.rgb().addPairs(row, outputWidth / 2, sum);
        if (outputWidth % 2 == 1) {
            sum[outputWidth / 2] += row[outputWidth - 1] + row[outputWidth - 1];
        }
    }

    private void write(float[] row, int samples, Plane target, int component, int y) {
        line.round(row, 0, 0, 1, samples);
        line.write(0, target, component, y, 0, samples);
    }
}
