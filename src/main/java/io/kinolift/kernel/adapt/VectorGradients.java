package io.kinolift.kernel.adapt;

import io.kinolift.kernel.vector.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link ScalarGradients} in lanes: one lane is one sample. Comparisons are signs of differences, which
 * are cheaper than masks.
 */
public final class VectorGradients implements GradientKernel {
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    private static final int LANES = FLOATS.length();
    private static final int SIGN = Float.SIZE - 1;

    @Override
    public void addDown(float[][] rows, int count, float[] ts, float[] us, float[] vs, float[] hs) {
        for (int x = 0; x < count; x += LANES) {
            FloatVector t = FloatVector.zero(FLOATS);
            FloatVector u = t;
            FloatVector v = t;
            FloatVector h = t;
            FloatVector above = FloatVector.fromArray(FLOATS, rows[0], x + 1);
            FloatVector here = FloatVector.fromArray(FLOATS, rows[1], x + 1);
            for (int y = 1; y <= BOX; y++) {
                FloatVector left = FloatVector.fromArray(FLOATS, rows[y], x);
                FloatVector right = FloatVector.fromArray(FLOATS, rows[y], x + 2);
                FloatVector below = FloatVector.fromArray(FLOATS, rows[y + 1], x + 1);
                FloatVector gx = right.sub(left);
                FloatVector gy = below.sub(above);
                FloatVector twice = here.add(here);
                FloatVector dx = right.add(left).sub(twice);
                FloatVector dy = below.add(above).sub(twice);
                FloatVector yy = gy.mul(gy);
                t = gx.fma(gx, t).add(yy);
                u = gx.fma(gx, u).sub(yy);
                v = gx.add(gx).fma(gy, v);
                h = dx.fma(dx, dy.fma(dy, h));
                above = here;
                here = below;
            }
            t.intoArray(ts, x);
            u.intoArray(us, x);
            v.intoArray(vs, x);
            h.intoArray(hs, x);
        }
    }

    @Override
    public void addAlong(float[] sums, int count) {
        for (int x = 0; x < count; x += LANES) {
            FloatVector.fromArray(FLOATS, sums, x)
                    .add(FloatVector.fromArray(FLOATS, sums, x + 1))
                    .add(FloatVector.fromArray(FLOATS, sums, x + 2))
                    .add(FloatVector.fromArray(FLOATS, sums, x + 3))
                    .add(FloatVector.fromArray(FLOATS, sums, x + 4))
                    .intoArray(sums, x);
        }
    }

    @Override
    public void beginClasses(float[] ts, float[] us, float[] vs, float[] hs, int count, int[] classes) {
        for (int x = 0; x < count; x += LANES) {
            FloatVector u = FloatVector.fromArray(FLOATS, us, x);
            FloatVector v = FloatVector.fromArray(FLOATS, vs, x);
            FloatVector below = FloatVector.fromArray(FLOATS, ts, x).sub(1f);
            FloatVector twice = FloatVector.fromArray(FLOATS, hs, x).mul(2f);
            negative(below.sub(twice))
                    .add(negative(below.sub(twice.add(twice))))
                    .mul(DETAIL)
                    .add(negative(v).mul(MIRROR))
                    .add(negative(u).mul(TRANSPOSE))
                    .add(negative(u.abs().sub(v.abs())))
                    .intoArray(classes, x);
        }
    }

    @Override
    public void endClasses(float[] ts, float[] us, float[] vs, int count, int[] classes) {
        for (int x = 0; x < count; x += LANES) {
            FloatVector t = FloatVector.fromArray(FLOATS, ts, x);
            FloatVector u = FloatVector.fromArray(FLOATS, us, x);
            FloatVector v = FloatVector.fromArray(FLOATS, vs, x);
            FloatVector coherence = u.mul(u).add(v.mul(v)).mul(256f).div(t.mul(t));
            IntVector less = negative(coherence.sub(SOME_COHERENCE))
                    .add(negative(coherence.sub(MUCH_COHERENCE)))
                    .mul(COHERENCE)
                    .add(negative(t.sub(STRONG)).mul(STRENGTH));
            IntVector.fromArray(INTS, classes, x)
                    .add(1 + 2 * COHERENCE + STRENGTH)
                    .sub(less)
                    .and(negative(t.sub(FLAT)).sub(1))
                    .intoArray(classes, x);
        }
    }

    /** 1 for numbers below 0, and 0 for others. */
    private static IntVector negative(FloatVector number) {
        return number.reinterpretAsInts().lanewise(VectorOperators.LSHR, SIGN);
    }
}
