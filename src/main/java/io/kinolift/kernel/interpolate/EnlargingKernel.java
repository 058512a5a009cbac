package io.kinolift.kernel.interpolate;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.kinolift.kernel.sample.SampleType;
import io.kinolift.kernel.vector.VectorWidth;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link InterpolationKernel#exact} for any enlargement of two taps each way whose denominator fits 16-bit lanes. Every
 * row of {@link TimeBlend} is expanded once: a block of outputs finds all its taps in one vector of sums. Every output
 * row is then a blend of two expanded rows, without a shuffle.
 */
public final class EnlargingKernel {
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Byte> HALF_BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(VectorWidth.BITS / 2));

    private static final int LANES = SHORTS.length();

    private final ShortColumns columns;
    private final SampleType samples;

    private EnlargingKernel(ShortColumns columns, InterpolationKernel kernel) {
        this.columns = columns;
        samples = kernel.samples();
    }

    /**
     * The fused kernel for columns.
     *
     * @param kernel with {@link InterpolationKernel#fuses()}
     * @param columns for the lanes of any kernel
     * @return null if the columns do not suit
     */
    public static EnlargingKernel of(InterpolationKernel kernel, ColumnTable columns) {
        TimeBlend.requireFused(kernel);
        ShortColumns shorts = ShortColumns.of(columns, LANES);
        return shorts == null ? null : new EnlargingKernel(shorts, kernel);
    }

    /** Samples of an output row. */
    public int columns() {
        return columns.outputs();
    }

    /**
     * Finds the division by the denominator of time, height and width together.
     *
     * @return empty if the lanes are too small for it
     */
    public Optional<ShortDivision> division(long denominator) {
        return ShortDivision.by(denominator, samples.max());
    }

    /**
     * Expands a row in width.
     *
     * @param sums row of {@link TimeBlend}
     * @param expanded receives one sum for each of {@link #columns()}
     */
    public void expand(short[] sums, short[] expanded) {
        int blocks = columns.base().length;
        int whole = columns.outputs() / LANES;
        expand(sums, 0, whole, expanded, 0);
        // The last block ends with the row and overlaps the block before it.
        expand(sums, whole, blocks, expanded, columns.padded() - columns.outputs());
    }

    /** @param back shift of the blocks towards the beginning, from a multiple of the lanes */
    private void expand(short[] sums, int fromBlock, int toBlock, short[] expanded, int back) {
        short[] local = columns.local();
        short[] weight = columns.weight();
        int[] base = columns.base();
        int second = columns.padded();
        for (int block = fromBlock; block < toBlock; block++) {
            int at = block * LANES;
            ShortVector near = ShortVector.fromArray(SHORTS, sums, base[block]);
            ShortVector.fromArray(SHORTS, local, at)
                    .selectFrom(near)
                    .mul(ShortVector.fromArray(SHORTS, weight, at))
                    .add(ShortVector.fromArray(SHORTS, local, second + at)
                            .selectFrom(near)
                            .mul(ShortVector.fromArray(SHORTS, weight, second + at)))
                    .intoArray(expanded, at - back);
        }
    }

    /**
     * Makes one output row.
     *
     * @param above expanded row
     * @param below another expanded row, or the same one
     * @param aboveWeight numerators of the height weights
     * @param division by the denominator of time, height and width together
     */
    public void blend(
            short[] above,
            short[] below,
            int aboveWeight,
            int belowWeight,
            ShortDivision division,
            MemorySegment out,
            long offset) {
        int outputs = columns.outputs();
        int whole = outputs - outputs % LANES;
        blend(above, below, aboveWeight, belowWeight, division, out, offset, 0, whole);
        if (whole < outputs) {
            blend(above, below, aboveWeight, belowWeight, division, out, offset, outputs - LANES, outputs);
        }
    }

    private void blend(
            short[] above,
            short[] below,
            int aboveWeight,
            int belowWeight,
            ShortDivision division,
            MemorySegment out,
            long offset,
            int from,
            int to) {
        if (samples.areBytes()) {
            blendBytes(above, below, aboveWeight, belowWeight, division, out, offset, from, to);
        } else {
            blendShorts(above, below, aboveWeight, belowWeight, division, out, offset, from, to);
        }
    }

    private static void blendBytes(
            short[] above,
            short[] below,
            int aboveWeight,
            int belowWeight,
            ShortDivision division,
            MemorySegment out,
            long offset,
            int from,
            int to) {
        short upper = (short) aboveWeight;
        short lower = (short) belowWeight;
        short divisor = (short) division.divisor();
        short half = (short) (division.divisor() / 2);
        int before = division.before();
        short factor = (short) division.factor();
        int after = division.after();
        for (int at = from; at <= to - LANES; at += LANES) {
            ShortVector dividend = ShortVector.fromArray(SHORTS, above, at)
                    .mul(upper)
                    .add(ShortVector.fromArray(SHORTS, below, at).mul(lower))
                    .add(half);
            ShortVector quotient =
                    dividend.lanewise(VectorOperators.LSHR, before).mul(factor).lanewise(VectorOperators.LSHR, after);
            ShortVector rest = dividend.sub(quotient.mul(divisor));
            // Minus one where the rest is negative, plus one where it reaches the divisor; both from sign bits.
            quotient = quotient.add(rest.lanewise(VectorOperators.ASHR, 15))
                    .add(rest.sub(divisor).lanewise(VectorOperators.ASHR, 15).add((short) 1));
            ((ByteVector) quotient.convertShape(VectorOperators.S2B, HALF_BYTES, 0))
                    .intoMemorySegment(out, offset + at, LITTLE_ENDIAN);
        }
    }

    /** The same loop except for its last line: shared helpers may stop being inlined. */
    private static void blendShorts(
            short[] above,
            short[] below,
            int aboveWeight,
            int belowWeight,
            ShortDivision division,
            MemorySegment out,
            long offset,
            int from,
            int to) {
        short upper = (short) aboveWeight;
        short lower = (short) belowWeight;
        short divisor = (short) division.divisor();
        short half = (short) (division.divisor() / 2);
        int before = division.before();
        short factor = (short) division.factor();
        int after = division.after();
        for (int at = from; at <= to - LANES; at += LANES) {
            ShortVector dividend = ShortVector.fromArray(SHORTS, above, at)
                    .mul(upper)
                    .add(ShortVector.fromArray(SHORTS, below, at).mul(lower))
                    .add(half);
            ShortVector quotient =
                    dividend.lanewise(VectorOperators.LSHR, before).mul(factor).lanewise(VectorOperators.LSHR, after);
            ShortVector rest = dividend.sub(quotient.mul(divisor));
            quotient = quotient.add(rest.lanewise(VectorOperators.ASHR, 15))
                    .add(rest.sub(divisor).lanewise(VectorOperators.ASHR, 15).add((short) 1));
            quotient.intoMemorySegment(out, offset + 2L * at, LITTLE_ENDIAN);
        }
    }
}
