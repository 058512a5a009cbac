package io.kinolift.kernel.interpolate;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.kinolift.kernel.sample.SampleType;
import io.kinolift.kernel.vector.VectorWidth;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link ScalarInterpolation} for bytes in lanes. The scalar loops finish each row after its last whole
 * vector. The loops call Vector API methods directly: helpers may stop being inlined.
 */
public final class VectorInterpolation implements InterpolationKernel {
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Float> FLOATS = INTS.withLanes(float.class);
    /** One byte per int lane; the smallest species has 8 bytes, and 128-bit ints use half of it. */
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, VectorWidth.BITS / 4)));

    @Override
    public int lanes() {
        return INTS.length();
    }

    @Override
    public SampleType samples() {
        return SampleType.BYTES;
    }

    @Override
    public InterpolationKernel of(SampleType samples) {
        return samples.areBytes() ? this : new ShortVectorInterpolation(samples);
    }

    @Override
    public boolean fuses() {
        return true;
    }

    @Override
    public void exact(RowInput input, ColumnTable columns, RowScratch scratch, MemorySegment out, long offset) {
        int denominator = input.denominator();
        for (int k = 0; k < input.count; k++) {
            blend(input, k, scratch.ints, columns.inputs);
        }
        int done = columns.local == null ? 0 : expand(scratch.ints, columns, denominator, out, offset);
        ScalarInterpolation.expand(SampleType.BYTES, scratch.ints, columns, done, denominator, out, offset);
    }

    @Override
    public void float32(RowInput input, ColumnTable columns, RowScratch scratch, MemorySegment out, long offset) {
        for (int k = 0; k < input.count; k++) {
            blend(input, k, scratch.floats, columns.inputs);
        }
        int done = columns.local == null ? 0 : expand(scratch.floats, columns, out, offset);
        ScalarInterpolation.expand(SampleType.BYTES, scratch.floats, columns, done, out, offset);
    }

    private static void blend(RowInput input, int k, int[] sums, int length) {
        MemorySegment data = input.data[k];
        long offset = input.offset[k];
        int weight = input.weight[k];
        int i = 0;
        for (; i <= length - BYTES.length(); i += INTS.length()) {
            IntVector sum = ((IntVector) ByteVector.fromMemorySegment(BYTES, data, offset + i, LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                    .mul(weight);
            if (k > 0) {
                sum = sum.add(IntVector.fromArray(INTS, sums, i));
            }
            sum.intoArray(sums, i);
        }
        if (k == 0) {
            Arrays.fill(sums, i, length, 0);
        }
        ScalarInterpolation.addRow(SampleType.BYTES, data, offset, weight, sums, i, length);
    }

    private static void blend(RowInput input, int k, float[] sums, int length) {
        MemorySegment data = input.data[k];
        long offset = input.offset[k];
        float weight = input.floatWeight[k];
        int i = 0;
        for (; i <= length - BYTES.length(); i += INTS.length()) {
            FloatVector sum = ((FloatVector) ByteVector.fromMemorySegment(BYTES, data, offset + i, LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
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
        ScalarInterpolation.addRow(SampleType.BYTES, data, offset, weight, sums, i, length);
    }

    /** @return how many outputs are done */
    private static int expand(int[] sums, ColumnTable columns, int denominator, MemorySegment out, long offset) {
        int second = columns.outputs;
        int divisor = 2 * denominator;
        float reciprocal = 1f / divisor;
        int o = 0;
        for (; o <= columns.outputs - BYTES.length(); o += INTS.length()) {
            IntVector near = IntVector.fromArray(INTS, sums, columns.base[o / INTS.length()]);
            IntVector left = IntVector.fromArray(INTS, columns.local, o).selectFrom(near);
            IntVector right =
                    IntVector.fromArray(INTS, columns.local, second + o).selectFrom(near);
            IntVector sum = left.mul(IntVector.fromArray(INTS, columns.weight, o))
                    .add(right.mul(IntVector.fromArray(INTS, columns.weight, second + o)));
            IntVector dividend = sum.add(sum).add(denominator);
            // The float quotient is at most 255.5 and within 2^-14 of the true one: off by one at most.
            IntVector quotient = (IntVector) ((FloatVector) dividend.convertShape(VectorOperators.I2F, FLOATS, 0))
                    .mul(reciprocal)
                    .convertShape(VectorOperators.F2I, INTS, 0);
            IntVector rest = dividend.sub(quotient.mul(divisor));
            // Minus one where the rest is negative, plus one where it reaches the divisor; both from sign bits.
            quotient = quotient.add(rest.lanewise(VectorOperators.ASHR, 31))
                    .add(rest.sub(divisor).lanewise(VectorOperators.ASHR, 31).add(1));
            quotient.convertShape(VectorOperators.I2B, BYTES, 0)
                    .reinterpretAsBytes()
                    .intoMemorySegment(out, offset + o, LITTLE_ENDIAN);
        }
        return o;
    }

    /** @return how many outputs are done */
    private static int expand(float[] sums, ColumnTable columns, MemorySegment out, long offset) {
        int o = 0;
        for (; o <= columns.outputs - BYTES.length(); o += INTS.length()) {
            IntVector near = FloatVector.fromArray(FLOATS, sums, columns.base[o / INTS.length()])
                    .reinterpretAsInts();
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
                    .min(255)
                    .convertShape(VectorOperators.I2B, BYTES, 0)
                    .reinterpretAsBytes()
                    .intoMemorySegment(out, offset + o, LITTLE_ENDIAN);
        }
        return o;
    }
}
