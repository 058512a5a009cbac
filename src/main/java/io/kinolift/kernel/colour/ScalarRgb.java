package io.kinolift.kernel.colour;

import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The definition of the result: plain loops. Each has a part that continues where vectors end. */
public final class ScalarRgb implements RgbKernel {
    private static final float NEAR = 0.75f;
    private static final float FAR = 0.25f;

    @Override
    public void split(MemorySegment data, long offset, int count, float[] rows, int[] at) {
        split(data, offset, 0, count, rows, at);
    }

    static void split(MemorySegment data, long offset, int from, int count, float[] rows, int[] at) {
        for (int c = 0; c < at.length; c++) {
            for (int x = from; x < count; x++) {
                rows[at[c] + x] = SampleType.BYTES.get(data, offset + c, 3L * x);
            }
        }
    }

    @Override
    public void merge(byte[][] lines, int first, int count, MemorySegment data, long offset) {
        merge(lines, first, 0, count, data, offset);
    }

    static void merge(byte[][] lines, int first, int from, int count, MemorySegment data, long offset) {
        for (int c = 0; c < lines.length; c++) {
            for (int x = from; x < count; x++) {
                data.set(ValueLayout.JAVA_BYTE, offset + 3L * x + c, lines[c][first + x]);
            }
        }
    }

    @Override
    public void toRgb(
            RgbCoefficients of, float[] y, float[] cb, float[] cr, int count, float[] rgb, int at, int channelStride) {
        toRgb(of, y, cb, cr, 0, count, rgb, at, channelStride);
    }

    static void toRgb(
            RgbCoefficients of,
            float[] y,
            float[] cb,
            float[] cr,
            int from,
            int count,
            float[] rgb,
            int at,
            int channelStride) {
        for (int x = from; x < count; x++) {
            float luma = (y[x] - of.black()) * of.scale();
            float u = cb[x] - of.neutral();
            float v = cr[x] - of.neutral();
            rgb[at + x] = luma + of.redOfCr() * v;
            rgb[at + channelStride + x] = luma + of.greenOfCb() * u + of.greenOfCr() * v;
            rgb[at + 2 * channelStride + x] = luma + of.blueOfCb() * u;
        }
    }

    @Override
    public void fromRgb(
            RgbCoefficients of, float[] r, float[] g, float[] b, int at, int count, float[] y, float[] cb, float[] cr) {
        fromRgb(of, r, g, b, at, 0, count, y, cb, cr);
    }

    static void fromRgb(
            RgbCoefficients of,
            float[] r,
            float[] g,
            float[] b,
            int at,
            int from,
            int count,
            float[] y,
            float[] cb,
            float[] cr) {
        for (int x = from; x < count; x++) {
            float luma = of.red() * r[at + x] + of.green() * g[at + x] + of.blue() * b[at + x];
            y[x] = luma * of.perUnit() + of.black();
            cb[x] = (b[at + x] - luma) * of.cbPerUnit();
            cr[x] = (r[at + x] - luma) * of.crPerUnit();
        }
    }

    @Override
    public void blend(float[] near, float[] far, int count) {
        blend(near, far, 0, count);
    }

    static void blend(float[] near, float[] far, int from, int count) {
        for (int x = from; x < count; x++) {
            near[x] = NEAR * near[x] + FAR * far[x];
        }
    }

    @Override
    public void twice(float[] row, int count, float[] doubled) {
        twice(row, 0, count, count - 1, doubled);
    }

    /** Doubles samples {@code from} to {@code to} of a row that ends at {@code last}. */
    static void twice(float[] row, int from, int to, int last, float[] doubled) {
        for (int x = from; x < to; x++) {
            doubled[2 * x] = NEAR * row[x] + FAR * row[Math.max(0, x - 1)];
            doubled[2 * x + 1] = NEAR * row[x] + FAR * row[Math.min(last, x + 1)];
        }
    }

    @Override
    public void addPairs(float[] row, int pairs, float[] sum) {
        addPairs(row, 0, pairs, sum);
    }

    static void addPairs(float[] row, int from, int pairs, float[] sum) {
        for (int x = from; x < pairs; x++) {
            sum[x] += row[2 * x] + row[2 * x + 1];
        }
    }
}
