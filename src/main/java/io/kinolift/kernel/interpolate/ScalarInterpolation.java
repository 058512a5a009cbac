package io.kinolift.kernel.interpolate;

import io.kinolift.kernel.sample.SampleType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The definition of the result for both kinds of sample: plain loops. */
public final class ScalarInterpolation implements InterpolationKernel {
    private final SampleType samples;

    /** The kernel for bytes. */
    public ScalarInterpolation() {
        this(SampleType.BYTES);
    }

    private ScalarInterpolation(SampleType samples) {
        this.samples = samples;
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public SampleType samples() {
        return samples;
    }

    @Override
    public InterpolationKernel of(SampleType others) {
        return new ScalarInterpolation(others);
    }

    @Override
    public boolean fuses() {
        return false;
    }

    @Override
    public void exact(RowInput input, ColumnTable columns, RowScratch scratch, MemorySegment out, long offset) {
        Arrays.fill(scratch.ints, 0, columns.inputs, 0);
        for (int k = 0; k < input.count; k++) {
            addRow(samples, input.data[k], input.offset[k], input.weight[k], scratch.ints, 0, columns.inputs);
        }
        expand(samples, scratch.ints, columns, 0, input.denominator(), out, offset);
    }

    @Override
    public void float32(RowInput input, ColumnTable columns, RowScratch scratch, MemorySegment out, long offset) {
        Arrays.fill(scratch.floats, 0, columns.inputs, 0);
        for (int k = 0; k < input.count; k++) {
            addRow(samples, input.data[k], input.offset[k], input.floatWeight[k], scratch.floats, 0, columns.inputs);
        }
        expand(samples, scratch.floats, columns, 0, out, offset);
    }

    static void addRow(SampleType samples, MemorySegment data, long offset, int weight, int[] sums, int from, int to) {
        for (int i = from; i < to; i++) {
            sums[i] += weight * samples.get(data, offset, i);
        }
    }

    static void addRow(
            SampleType samples, MemorySegment data, long offset, float weight, float[] sums, int from, int to) {
        for (int i = from; i < to; i++) {
            sums[i] += weight * samples.get(data, offset, i);
        }
    }

    /** Outputs from {@code from} to the end of the row. */
    static void expand(
            SampleType samples,
            int[] sums,
            ColumnTable columns,
            int from,
            int denominator,
            MemorySegment out,
            long offset) {
        int[] index = columns.index;
        int[] weight = columns.weight;
        int second = columns.outputs;
        int divisor = 2 * denominator;
        for (int o = from; o < columns.outputs; o++) {
            int sum = weight[o] * sums[index[o]] + weight[second + o] * sums[index[second + o]];
            samples.set(out, offset, o, (2 * sum + denominator) / divisor);
        }
    }

    /** Outputs from {@code from} to the end of the row. */
    static void expand(
            SampleType samples, float[] sums, ColumnTable columns, int from, MemorySegment out, long offset) {
        for (int o = from; o < columns.outputs; o++) {
            float sum = columns.floatWeight[o] * sums[columns.index[o]];
            for (int tap = 1; tap < columns.taps; tap++) {
                int at = tap * columns.outputs + o;
                sum += columns.floatWeight[at] * sums[columns.index[at]];
            }
            samples.set(out, offset, o, samples.round(sum));
        }
    }
}
