package io.kinolift.kernel.interpolate;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.kinolift.kernel.sample.SampleType;
import io.kinolift.kernel.vector.VectorWidth;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link ScalarInterpolation} for shorts in lanes. {@link VectorInterpolation} has them for bytes: the
 * classes are separate, so that the JIT sees one kind of sample in each.
 *
 * <p>Samples in the upper bits of their shorts are summed with the zeros below them. Whole sums, the denominator and
 * the weights are then larger by one power of two, which changes no rounding.
 */
public final class ShortVectorInterpolation implements InterpolationKernel {
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Float> FLOATS = INTS.withLanes(float.class);
    /** One sample per int lane. */
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(VectorWidth.BITS / 2));

    private static final int LANES = INTS.length();
    /** With larger samples not even 16ths fit 16 bits, and factor 2 in height and width alone needs 16ths. */
    private static final int LARGEST_FUSED = 4095;

    private final SampleType samples;
    /** The same shorts, counting the zeros below a sample. */
    private final SampleType whole;

    ShortVectorInterpolation(SampleType samples) {
        this.samples = samples;
        whole = SampleType.upTo(samples.max() << samples.shift());
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public SampleType samples() {
        return samples;
    }

    @Override
    public boolean fuses() {
        return samples.shift() == 0 && samples.max() <= LARGEST_FUSED;
    }

    @Override
    public InterpolationKernel of(SampleType others) {
        return others.areBytes() ? new VectorInterpolation() : new ShortVectorInterpolation(others);
    }

    @Override
    public void exact(RowInput input, ColumnTable columns, RowScratch scratch, MemorySegment out, long offset) {
        int denominator = input.denominator() << samples.shift();
        for (int k = 0; k < input.count; k++) {
            blend(input, k, scratch.ints, columns.inputs);
        }
        int done = columns.local == null ? 0 : expand(scratch.ints, columns, denominator, out, offset);
        shiftUp(out, offset, done);
        ScalarInterpolation.expand(samples, scratch.ints, columns, done, denominator, out, offset);
    }

    @Override
    public void float32(RowInput input, ColumnTable columns, RowScratch scratch, MemorySegment out, long offset) {
        for (int k = 0; k < input.count; k++) {
            blend(input, k, scratch.floats, columns.inputs);
        }
        int done = columns.local == null ? 0 : expand(scratch.floats, columns, out, offset);
        shiftUp(out, offset, done);
        ScalarInterpolation.expand(samples, scratch.floats, columns, done, out, offset);
    }

    /** A separate pass: a shift in the loops costs samples without one a tenth. */
    private void shiftUp(MemorySegment out, long offset, int count) {
        int shift = samples.shift();
        for (int o = 0; shift > 0 && o < count; o++) {
            whole.set(out, offset, o, whole.get(out, offset, o) << shift);
        }
    }

    private void blend(RowInput input, int k, int[] sums, int length) {
        MemorySegment data = input.data[k];
        long offset = input.offset[k];
        int weight = input.weight[k];
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            IntVector sum = ((IntVector) ShortVector.fromMemorySegment(SHORTS, data, offset + 2L * i, LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .mul(weight);
            if (k > 0) {
                sum = sum.add(IntVector.fromArray(INTS, sums, i));
            }
            sum.intoArray(sums, i);
        }
        if (k == 0) {
            Arrays.fill(sums, i, length, 0);
        }
        ScalarInterpolation.addRow(whole, data, offset, weight, sums, i, length);
    }

    private void blend(RowInput input, int k, float[] sums, int length) {
        MemorySegment data = input.data[k];
        long offset = input.offset[k];
        float weight = input.floatWeight[k] / (1 << samples.shift());
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector sum = ((FloatVector) ShortVector.fromMemorySegment(SHORTS, data, offset + 2L * i, LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0)
                            .convertShape(VectorOperators.I2F, FLOATS, 0))
                    .mul(weight);
            if (k > 0) {
                sum = FloatVector.fromArray(FLOATS, sums, i).add(sum);
            }
            sum.intoArray(sums, i);
        }
        if (k == 0) {
            Arrays.fill(sums, i, length, 0);
        }
        ScalarInterpolation.addRow(whole, data, offset, weight, sums, i, length);
    }

    /** @return how many outputs are done */
    private int expand(int[] sums, ColumnTable columns, int denominator, MemorySegment out, long offset) {
        int second = columns.outputs;
        int divisor = 2 * denominator;
        float reciprocal = 1f / divisor;
        int o = 0;
        for (; o <= columns.outputs - LANES; o += LANES) {
            IntVector near = IntVector.fromArray(INTS, sums, columns.base[o / LANES]);
            IntVector left = IntVector.fromArray(INTS, columns.local, o).selectFrom(near);
            IntVector right =
                    IntVector.fromArray(INTS, columns.local, second + o).selectFrom(near);
            IntVector sum = left.mul(IntVector.fromArray(INTS, columns.weight, o))
                    .add(right.mul(IntVector.fromArray(INTS, columns.weight, second + o)));
            IntVector dividend = sum.add(sum).add(denominator);
            // Dividend, reciprocal and product are each rounded to 24 bits, so the float quotient, at most 65535.5, is
            // within 3 * 2^-24 * 2^16 < 2^-6 of the true one: off by one at most.
            IntVector quotient = (IntVector) ((FloatVector) dividend.convertShape(VectorOperators.I2F, FLOATS, 0))
                    .mul(reciprocal)
                    .convertShape(VectorOperators.F2I, INTS, 0);
            IntVector rest = dividend.sub(quotient.mul(divisor));
            // Minus one where the rest is negative, plus one where it reaches the divisor; both from sign bits.
            quotient = quotient.add(rest.lanewise(VectorOperators.ASHR, 31))
                    .add(rest.sub(divisor).lanewise(VectorOperators.ASHR, 31).add(1));
            quotient.convertShape(VectorOperators.I2S, SHORTS, 0)
                    .reinterpretAsShorts()
                    .intoMemorySegment(out, offset + 2L * o, LITTLE_ENDIAN);
        }
        return o;
    }

    /** @return how many outputs are done */
    private int expand(float[] sums, ColumnTable columns, MemorySegment out, long offset) {
        int largest = samples.max();
        int o = 0;
        for (; o <= columns.outputs - LANES; o += LANES) {
            IntVector near =
                    FloatVector.fromArray(FLOATS, sums, columns.base[o / LANES]).reinterpretAsInts();
            FloatVector sum = IntVector.fromArray(INTS, columns.local, o)
                    .selectFrom(near)
                    .reinterpretAsFloats()
                    .mul(FloatVector.fromArray(FLOATS, columns.floatWeight, o));
            for (int at = columns.outputs + o; at < columns.index.length; at += columns.outputs) {
                sum = sum.add(IntVector.fromArray(INTS, columns.local, at)
                        .selectFrom(near)
                        .reinterpretAsFloats()
                        .mul(FloatVector.fromArray(FLOATS, columns.floatWeight, at)));
            }
            IntVector rounded = (IntVector) sum.add(0.5f).convertShape(VectorOperators.F2I, INTS, 0);
            rounded.max(0)
                    .min(largest)
                    .convertShape(VectorOperators.I2S, SHORTS, 0)
                    .reinterpretAsShorts()
                    .intoMemorySegment(out, offset + 2L * o, LITTLE_ENDIAN);
        }
        return o;
    }
}
