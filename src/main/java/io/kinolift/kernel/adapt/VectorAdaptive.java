package io.kinolift.kernel.adapt;

import io.kinolift.kernel.vector.Interleave;
import io.kinolift.kernel.vector.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link ScalarAdaptive} in lanes: the four outputs of one column, or of two columns if a vector has eight
 * lanes. Then two samples are made at a time, so that what their neighbourhoods share is loaded once. Wider vectors took
 * longer.
 */
public final class VectorAdaptive implements AdaptiveKernel {
    private static final VectorSpecies<Float> WIDEST =
            VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(Math.min(256, VectorWidth.BITS)));
    private static final int LANES = FLOATS.length();
    private static final int COLUMN = AdaptiveTable.OUTPUTS;

    /** From joined rows, the samples that the outputs multiply in their first column, or in their first two. */
    private static final VectorShuffle<Float> SAMPLES = columns(0);
    /** The same for the next sample. */
    private static final VectorShuffle<Float> NEXT_SAMPLES = columns(1);

    private static final VectorShuffle<Float> HALF = turn(LANES / 2);
    private static final VectorShuffle<Float> ROW = turn(2);
    private static final VectorMask<Float> NEXT = VectorMask.fromLong(FLOATS, 0b1100);

    private static VectorShuffle<Float> columns(int first) {
        return VectorShuffle.fromOp(
                FLOATS, lane -> (2 * (first + lane / COLUMN + lane % 2) + lane % COLUMN / 2) % LANES);
    }

    private static VectorShuffle<Float> turn(int lanes) {
        return VectorShuffle.fromOp(FLOATS, lane -> (lane + lanes) % LANES);
    }

    @Override
    public void join(float[] upper, float[] lower, int count, float[] to, int at) {
        for (int x = 0; x < count; x += WIDEST.length()) {
            FloatVector even = FloatVector.fromArray(WIDEST, upper, x);
            Interleave.join(even, FloatVector.fromArray(WIDEST, lower, x), to, at + 2 * x);
        }
    }

    @Override
    public void filter(
            AdaptiveTable table,
            int[] classes,
            float[] rows,
            int[] positions,
            int count,
            float[] upper,
            float[] lower) {
        if (LANES == COLUMN) {
            byOneColumn(table.weights, classes, rows, positions, count, upper, lower);
        } else {
            byTwoColumns(table.weights, classes, rows, positions, count, upper, lower);
        }
    }

    private static void byOneColumn(
            float[] weights, int[] classes, float[] rows, int[] positions, int count, float[] upper, float[] lower) {
        for (int x = 0; x < count; x++) {
            int w = classes[x] * AdaptiveTable.FILTER;
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int row = 0; row < AdaptiveTable.TAPS; row++) {
                int p = positions[row] + 2 * x;
                s0 = FloatVector.fromArray(FLOATS, rows, p)
                        .rearrange(SAMPLES)
                        .fma(FloatVector.fromArray(FLOATS, weights, w), s0);
                s1 = FloatVector.fromArray(FLOATS, rows, p + 2)
                        .rearrange(SAMPLES)
                        .fma(FloatVector.fromArray(FLOATS, weights, w + COLUMN), s1);
                s2 = FloatVector.fromArray(FLOATS, rows, p + 4)
                        .rearrange(SAMPLES)
                        .fma(FloatVector.fromArray(FLOATS, weights, w + 2 * COLUMN), s2);
                s3 = FloatVector.fromArray(FLOATS, rows, p + 6)
                        .rearrange(SAMPLES)
                        .fma(FloatVector.fromArray(FLOATS, weights, w + 3 * COLUMN), s3);
                s0 = FloatVector.fromArray(FLOATS, rows, p + 8)
                        .rearrange(SAMPLES)
                        .fma(FloatVector.fromArray(FLOATS, weights, w + 4 * COLUMN), s0);
                s1 = FloatVector.fromArray(FLOATS, rows, p + 10)
                        .rearrange(SAMPLES)
                        .fma(FloatVector.fromArray(FLOATS, weights, w + 5 * COLUMN), s1);
                w += AdaptiveTable.ROW;
            }
            FloatVector sums = s0.add(s2).add(s1.add(s3));
            sums.intoArray(upper, 2 * x);
            sums.rearrange(ROW).intoArray(lower, 2 * x);
        }
    }

    private static void byTwoColumns(
            float[] weights, int[] classes, float[] rows, int[] positions, int count, float[] upper, float[] lower) {
        for (int x = 0; x < count; x += 2) {
            int w = classes[x] * AdaptiveTable.FILTER;
            int v = classes[x + 1] * AdaptiveTable.FILTER;
            FloatVector near = FloatVector.zero(FLOATS);
            FloatVector far = near;
            FloatVector nextNear = near;
            FloatVector nextFar = near;
            for (int row = 0; row < AdaptiveTable.TAPS; row++) {
                int p = positions[row] + 2 * x;
                FloatVector samples = FloatVector.fromArray(FLOATS, rows, p);
                near = samples.rearrange(SAMPLES).fma(FloatVector.fromArray(FLOATS, weights, w), near);
                nextNear = samples.rearrange(NEXT_SAMPLES).fma(FloatVector.fromArray(FLOATS, weights, v), nextNear);
                samples = FloatVector.fromArray(FLOATS, rows, p + 4);
                far = samples.rearrange(SAMPLES).fma(FloatVector.fromArray(FLOATS, weights, w + LANES), far);
                nextFar =
                        samples.rearrange(NEXT_SAMPLES).fma(FloatVector.fromArray(FLOATS, weights, v + LANES), nextFar);
                samples = FloatVector.fromArray(FLOATS, rows, p + 8);
                near = samples.rearrange(SAMPLES).fma(FloatVector.fromArray(FLOATS, weights, w + 2 * LANES), near);
                nextNear = samples.rearrange(NEXT_SAMPLES)
                        .fma(FloatVector.fromArray(FLOATS, weights, v + 2 * LANES), nextNear);
                w += AdaptiveTable.ROW;
                v += AdaptiveTable.ROW;
            }
            FloatVector sums = near.add(far);
            FloatVector next = nextNear.add(nextFar);
            sums = sums.add(sums.rearrange(HALF));
            next = next.add(next.rearrange(HALF));
            sums.blend(next.rearrange(ROW), NEXT).intoArray(upper, 2 * x);
            sums.rearrange(ROW).blend(next, NEXT).intoArray(lower, 2 * x);
        }
    }
}
