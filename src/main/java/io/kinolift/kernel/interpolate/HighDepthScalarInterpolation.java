package io.kinolift.kernel.interpolate;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** {@link ScalarInterpolation} of high-depth samples: the definition of the result. */
public final class HighDepthScalarInterpolation implements InterpolationKernel {
    public static final int MAX_SAMPLE = 1023;
    private static final ValueLayout.OfShort SAMPLE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public int maxSample() {
        return MAX_SAMPLE;
    }

    @Override
    public boolean fuses() {
        return false;
    }

    @Override
    public InterpolationKernel highDepth() {
        return this;
    }

    @Override
    public void exact(RowInput input, ColumnTable columns, RowScratch scratch, MemorySegment out, long offset) {
        Arrays.fill(scratch.ints, 0, columns.inputs, 0);
        for (int k = 0; k < input.count; k++) {
            addRow(input.data[k], input.offset[k], input.weight[k], scratch.ints, 0, columns.inputs);
        }
        expand(scratch.ints, columns, 0, input.denominator(), out, offset);
    }

    @Override
    public void float32(RowInput input, ColumnTable columns, RowScratch scratch, MemorySegment out, long offset) {
        Arrays.fill(scratch.floats, 0, columns.inputs, 0);
        for (int k = 0; k < input.count; k++) {
            addRow(input.data[k], input.offset[k], input.floatWeight[k], scratch.floats, 0, columns.inputs);
        }
        expand(scratch.floats, columns, 0, out, offset);
    }

    /** The sample at a place, counted from the one at byte {@code offset}. */
    public static int sample(MemorySegment data, long offset, int place) {
        return Short.toUnsignedInt(data.get(SAMPLE, offset + (long) Short.BYTES * place));
    }

    public static void set(MemorySegment data, long offset, int place, int value) {
        data.set(SAMPLE, offset + (long) Short.BYTES * place, (short) value);
    }

    static void addRow(MemorySegment data, long offset, int weight, int[] sums, int from, int to) {
        for (int i = from; i < to; i++) {
            sums[i] += weight * sample(data, offset, i);
        }
    }

    static void addRow(MemorySegment data, long offset, float weight, float[] sums, int from, int to) {
        for (int i = from; i < to; i++) {
            sums[i] += weight * sample(data, offset, i);
        }
    }

    /** Outputs from {@code from} to the end of the row. */
    static void expand(int[] sums, ColumnTable columns, int from, int denominator, MemorySegment out, long offset) {
        int[] index = columns.index;
        int[] weight = columns.weight;
        int second = columns.outputs;
        int divisor = 2 * denominator;
        for (int o = from; o < columns.outputs; o++) {
            int sum = weight[o] * sums[index[o]] + weight[second + o] * sums[index[second + o]];
            set(out, offset, o, (2 * sum + denominator) / divisor);
        }
    }

    /** Outputs from {@code from} to the end of the row. */
    static void expand(float[] sums, ColumnTable columns, int from, MemorySegment out, long offset) {
        for (int o = from; o < columns.outputs; o++) {
            float sum = columns.floatWeight[o] * sums[columns.index[o]];
            for (int tap = 1; tap < columns.taps; tap++) {
                int at = tap * columns.outputs + o;
                sum += columns.floatWeight[at] * sums[columns.index[at]];
            }
            // Truncation is floor for what is not negative, and the clamp takes the rest.
            set(out, offset, o, Math.clamp((int) (sum + 0.5f), 0, MAX_SAMPLE));
        }
    }
}
