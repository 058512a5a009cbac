package io.kinolift.kernel.adapt;

import io.kinolift.kernel.vector.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link ScalarAdaptive} in lanes: the four outputs of one column, or of two columns at once if a vector
 * has eight lanes. Wider vectors are not used.
 */
public final class VectorAdaptive implements AdaptiveKernel {
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(Math.min(256, VectorWidth.BITS)));
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    private static final VectorSpecies<Float> OUTPUTS = FloatVector.SPECIES_128;
    private static final int LANES = FLOATS.length();
    /** Lanes per sum: columns times outputs. */
    private static final int PAIR = 2 * AdaptiveTable.OUTPUTS;

    private static final int ROW = AdaptiveTable.COLUMNS * AdaptiveTable.OUTPUTS;
    private static final VectorShuffle<Float> FIRST = spread(0);
    private static final VectorShuffle<Float> SECOND = spread(1);
    private static final VectorShuffle<Float> THIRD = spread(2);
    private static final VectorShuffle<Float> FOURTH = spread(3);

    private static VectorShuffle<Float> spread(int quarter) {
        return VectorShuffle.fromOp(FLOATS, lane -> (quarter * LANES + lane) / AdaptiveTable.OUTPUTS);
    }

    @Override
    public void spread(int[] row, int count, float[] to, int at) {
        for (int x = 0; x < count; x += LANES) {
            FloatVector samples =
                    (FloatVector) IntVector.fromArray(INTS, row, x).convertShape(VectorOperators.I2F, FLOATS, 0);
            int first = at + AdaptiveTable.OUTPUTS * x;
            samples.rearrange(FIRST).intoArray(to, first);
            samples.rearrange(SECOND).intoArray(to, first + LANES);
            samples.rearrange(THIRD).intoArray(to, first + 2 * LANES);
            samples.rearrange(FOURTH).intoArray(to, first + 3 * LANES);
        }
    }

    @Override
    public void filter(
            AdaptiveTable table,
            int[] classes,
            float[] rows,
            int[] positions,
            int count,
            float[] partial,
            float[] sums) {
        for (int lane = 0; lane < PAIR; lane += LANES) {
            accumulate(table.weights, lane, classes, rows, positions, count, partial);
        }
        for (int x = 0; x < count; x++) {
            FloatVector even = FloatVector.fromArray(OUTPUTS, partial, PAIR * x);
            FloatVector odd = FloatVector.fromArray(OUTPUTS, partial, PAIR * x + AdaptiveTable.OUTPUTS);
            even.add(odd).intoArray(sums, AdaptiveTable.OUTPUTS * x);
        }
    }

    private static void accumulate(
            float[] weights, int lane, int[] classes, float[] rows, int[] positions, int count, float[] partial) {
        for (int x = 0; x < count; x++) {
            int w = classes[x] * AdaptiveTable.FILTER + lane;
            FloatVector near = FloatVector.zero(FLOATS);
            FloatVector far = near;
            for (int row = 0; row < AdaptiveTable.ROWS; row++) {
                int p = positions[row] + AdaptiveTable.OUTPUTS * x + lane;
                near = FloatVector.fromArray(FLOATS, rows, p).fma(FloatVector.fromArray(FLOATS, weights, w), near);
                far = FloatVector.fromArray(FLOATS, rows, p + PAIR)
                        .fma(FloatVector.fromArray(FLOATS, weights, w + PAIR), far);
                near = FloatVector.fromArray(FLOATS, rows, p + 2 * PAIR)
                        .fma(FloatVector.fromArray(FLOATS, weights, w + 2 * PAIR), near);
                far = FloatVector.fromArray(FLOATS, rows, p + 3 * PAIR)
                        .fma(FloatVector.fromArray(FLOATS, weights, w + 3 * PAIR), far);
                w += ROW;
            }
            near.add(far).intoArray(partial, PAIR * x + lane);
        }
    }
}
