package io.kinolift.kernel.convolve;

import io.kinolift.kernel.colour.RgbKernel;
import io.kinolift.kernel.colour.ScalarRgb;
import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The definition of the result: plain loops. */
public final class ScalarConvTranspose implements ConvTransposeKernel {
    @Override
    public int slack() {
        return 1;
    }

    @Override
    public int chunk() {
        // Plain loops prefer no number of columns.
        return 240;
    }

    @Override
    public int largestTile() {
        return 1;
    }

    @Override
    public void widen(SampleType samples, MemorySegment data, long offset, int step, int count, float[] row, int at) {
        widen(samples, data, offset, step, 0, count, row, at);
    }

    static void widen(
            SampleType samples, MemorySegment data, long offset, int step, int from, int count, float[] row, int at) {
        for (int i = from; i < count; i++) {
            row[at + i] = samples.get(data, offset, (long) i * step);
        }
    }

    @Override
    public void accumulate(
            ConvTransposeTable table,
            int[] positions,
            float[] rows,
            int from,
            int count,
            float[] sums,
            int at,
            int stride) {
        int sum = at;
        for (ConvTransposeTable.Tile tile : table.tiles) {
            for (int m = 0; m < tile.size(); m++) {
                Arrays.fill(sums, sum, sum + count, tile.bias()[m]);
                for (int i = 0; i < tile.terms().length; i++) {
                    int position = positions[tile.terms()[i]] + from;
                    add(tile.weight()[i * tile.size() + m], rows, position, count, sums, sum);
                }
                sum += stride;
            }
        }
    }

    private static void add(float weight, float[] rows, int position, int count, float[] sums, int at) {
        for (int q = 0; q < count; q++) {
            sums[at + q] = Math.fma(rows[position + q], weight, sums[at + q]);
        }
    }

    @Override
    public void round(float[] sums, int at, int stride, int phases, int count, byte[] line, int lineAt) {
        for (int r = 0; r < phases; r++) {
            round(sums, at + r * stride, 0, count, line, lineAt + r, phases);
        }
    }

    static void round(float[] sums, int at, int from, int count, byte[] line, int lineAt, int phases) {
        for (int q = from; q < count; q++) {
            line[lineAt + q * phases] = (byte) SampleType.BYTES.round(sums[at + q]);
        }
    }

    @Override
    public void round(
            SampleType samples, float[] sums, int at, int stride, int phases, int count, short[] line, int lineAt) {
        for (int r = 0; r < phases; r++) {
            round(samples, sums, at + r * stride, 0, count, line, lineAt + r, phases);
        }
    }

    static void round(
            SampleType samples, float[] sums, int at, int from, int count, short[] line, int lineAt, int phases) {
        for (int q = from; q < count; q++) {
            line[lineAt + q * phases] = (short) (samples.round(sums[at + q]) << samples.shift());
        }
    }

    @Override
    public void join(float[] sums, int at, int stride, int phases, int count, float[] line, int lineAt) {
        for (int r = 0; r < phases; r++) {
            join(sums, at + r * stride, 0, count, line, lineAt + r, phases);
        }
    }

    static void join(float[] sums, int at, int from, int count, float[] line, int lineAt, int phases) {
        for (int q = from; q < count; q++) {
            line[lineAt + q * phases] = sums[at + q];
        }
    }

    @Override
    public RgbKernel rgb() {
        return new ScalarRgb();
    }
}
