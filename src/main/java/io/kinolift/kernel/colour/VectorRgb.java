package io.kinolift.kernel.colour;

import io.kinolift.kernel.vector.Interleave;
import io.kinolift.kernel.vector.VectorWidth;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link ScalarRgb} in lanes, with its order of operations; no multiply-add is fused. */
public final class VectorRgb implements RgbKernel {
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final int LANES = FLOATS.length();
    /** Every second lane of two consecutive vectors: lanes of the second vector land in the upper half. */
    private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(FLOATS, lane -> 2 * lane % LANES);

    private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(FLOATS, lane -> (2 * lane + 1) % LANES);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(FLOATS, -1L << (LANES / 2));

    @Override
    public void split(MemorySegment data, long offset, int count, float[] rows, int[] at) {
        ScalarRgb.split(
                data, offset, VectorTriples.split(data, offset, count, rows, at[0], at[1], at[2]), count, rows, at);
    }

    @Override
    public void merge(byte[][] lines, int first, int count, MemorySegment data, long offset) {
        ScalarRgb.merge(lines, first, VectorTriples.merge(lines, first, count, data, offset), count, data, offset);
    }

    @Override
    public void toRgb(
            RgbCoefficients of, float[] y, float[] cb, float[] cr, int count, float[] rgb, int at, int channelStride) {
        int x = 0;
        for (; x <= count - LANES; x += LANES) {
            FloatVector luma =
                    FloatVector.fromArray(FLOATS, y, x).sub(of.black()).mul(of.scale());
            FloatVector u = FloatVector.fromArray(FLOATS, cb, x).sub(of.neutral());
            FloatVector v = FloatVector.fromArray(FLOATS, cr, x).sub(of.neutral());
            luma.add(v.mul(of.redOfCr())).intoArray(rgb, at + x);
            luma.add(u.mul(of.greenOfCb())).add(v.mul(of.greenOfCr())).intoArray(rgb, at + channelStride + x);
            luma.add(u.mul(of.blueOfCb())).intoArray(rgb, at + 2 * channelStride + x);
        }
        ScalarRgb.toRgb(of, y, cb, cr, x, count, rgb, at, channelStride);
    }

    @Override
    public void fromRgb(
            RgbCoefficients of, float[] r, float[] g, float[] b, int at, int count, float[] y, float[] cb, float[] cr) {
        int x = 0;
        for (; x <= count - LANES; x += LANES) {
            FloatVector red = FloatVector.fromArray(FLOATS, r, at + x);
            FloatVector green = FloatVector.fromArray(FLOATS, g, at + x);
            FloatVector blue = FloatVector.fromArray(FLOATS, b, at + x);
            FloatVector luma = red.mul(of.red()).add(green.mul(of.green())).add(blue.mul(of.blue()));
            luma.mul(of.perUnit()).add(of.black()).intoArray(y, x);
            blue.sub(luma).mul(of.cbPerUnit()).intoArray(cb, x);
            red.sub(luma).mul(of.crPerUnit()).intoArray(cr, x);
        }
        ScalarRgb.fromRgb(of, r, g, b, at, x, count, y, cb, cr);
    }

    @Override
    public void blend(float[] near, float[] far, int count) {
        int x = 0;
        for (; x <= count - LANES; x += LANES) {
            FloatVector most = FloatVector.fromArray(FLOATS, near, x).mul(0.75f);
            most.add(FloatVector.fromArray(FLOATS, far, x).mul(0.25f)).intoArray(near, x);
        }
        ScalarRgb.blend(near, far, x, count);
    }

    @Override
    public void twice(float[] row, int count, float[] doubled) {
        ScalarRgb.twice(row, 0, Math.min(1, count), count - 1, doubled);
        int x = 1;
        for (; x < count - LANES; x += LANES) {
            FloatVector most = FloatVector.fromArray(FLOATS, row, x).mul(0.75f);
            FloatVector even =
                    most.add(FloatVector.fromArray(FLOATS, row, x - 1).mul(0.25f));
            FloatVector odd = most.add(FloatVector.fromArray(FLOATS, row, x + 1).mul(0.25f));
            Interleave.join(even, odd, doubled, 2 * x);
        }
        ScalarRgb.twice(row, Math.min(x, count), count, count - 1, doubled);
    }

    @Override
    public void addPairs(float[] row, int pairs, float[] sum) {
        int x = 0;
        for (; x <= pairs - LANES; x += LANES) {
            FloatVector a = FloatVector.fromArray(FLOATS, row, 2 * x);
            FloatVector b = FloatVector.fromArray(FLOATS, row, 2 * x + LANES);
            FloatVector even = a.rearrange(EVEN).blend(b.rearrange(EVEN), UPPER);
            FloatVector odd = a.rearrange(ODD).blend(b.rearrange(ODD), UPPER);
            FloatVector.fromArray(FLOATS, sum, x).add(even.add(odd)).intoArray(sum, x);
        }
        ScalarRgb.addPairs(row, x, pairs, sum);
    }
}
