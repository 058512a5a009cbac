package io.kinolift.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * {@link InterpolationKernel#exact} for any enlargement of two taps each way whose denominator fits 16-bit lanes, fused:
 * height and width are blended in registers, and a block of outputs finds all its taps in one vector.
 */
public final class EnlargingKernel {
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Byte> HALF_BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(VectorWidth.BITS / 2));

    private final ShortColumns columns;

    private EnlargingKernel(ShortColumns columns) {
        this.columns = columns;
    }

    /**
     * @param kernel with {@link InterpolationKernel#fuses()}
     * @param columns of any kernel's lanes
     * @return null where the columns do not suit
     */
    public static EnlargingKernel of(InterpolationKernel kernel, ColumnTable columns) {
        TimeBlend.requireFused(kernel);
        ShortColumns shorts = ShortColumns.of(columns, SHORTS.length());
        return shorts == null ? null : new EnlargingKernel(shorts);
    }

    /**
     * Makes one output row.
     *
     * @param above row of {@link TimeBlend}
     * @param below another, or the same
     * @param aboveWeight numerators of the height weights
     * @param division by the denominator of time, height and width together
     */
    public void row(
            short[] above, short[] below, int aboveWeight, int belowWeight, ShortDivision division, MemorySegment out,
            long offset) {
        short[] local = columns.local();
        short[] weight = columns.weight();
        int[] base = columns.base();
        int second = columns.padded();
        short upper = (short) aboveWeight;
        short lower = (short) belowWeight;
        short divisor = (short) division.divisor();
        short half = (short) (division.divisor() / 2);
        int before = division.before();
        short factor = (short) division.factor();
        int after = division.after();
        int last = columns.outputs() - SHORTS.length();
        for (int block = 0; block < base.length; block++) {
            int at = block * SHORTS.length();
            ShortVector near = ShortVector.fromArray(SHORTS, above, base[block]).mul(upper)
                    .add(ShortVector.fromArray(SHORTS, below, base[block]).mul(lower));
            ShortVector dividend = ShortVector.fromArray(SHORTS, local, at).selectFrom(near)
                    .mul(ShortVector.fromArray(SHORTS, weight, at))
                    .add(ShortVector.fromArray(SHORTS, local, second + at).selectFrom(near)
                            .mul(ShortVector.fromArray(SHORTS, weight, second + at)))
                    .add(half);
            ShortVector quotient = dividend.lanewise(VectorOperators.LSHR, before).mul(factor)
                    .lanewise(VectorOperators.LSHR, after);
            ShortVector rest = dividend.sub(quotient.mul(divisor));
            // Minus one where the rest is negative, plus one where it reaches the divisor; both from sign bits.
            quotient = quotient.add(rest.lanewise(VectorOperators.ASHR, 15))
                    .add(rest.sub(divisor).lanewise(VectorOperators.ASHR, 15).add((short) 1));
            // The last block ends with the row and overlaps the one before.
            ((ByteVector) quotient.convertShape(VectorOperators.S2B, HALF_BYTES, 0))
                    .intoMemorySegment(out, offset + Math.min(at, last), LITTLE_ENDIAN);
        }
    }
}
