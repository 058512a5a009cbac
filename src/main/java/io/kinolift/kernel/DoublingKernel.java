package io.kinolift.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * {@link InterpolationKernel#exact} for factor 2 in height and width on half-pixel centres, fused: two output rows are
 * made from one load of the blended input rows that they lie between. Everything fits 16-bit lanes, because all weights
 * are quarters of quarters of a small power of two.
 */
public final class DoublingKernel {
    /** The largest denominator of time weights, a power of two: 255 * 16 * 16 + 128 fits 16 bits. */
    public static final int MAX_DENOMINATOR = 16;
    /** Height and width together. */
    private static final int SPACE_SHIFT = 4;

    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(VectorWidth.BITS));
    /** @param kernel with {@link InterpolationKernel#fuses()} */
    public DoublingKernel(InterpolationKernel kernel) {
        TimeBlend.requireFused(kernel);
    }

    public static boolean serves(long timeDenominator) {
        return timeDenominator <= MAX_DENOMINATOR && Long.bitCount(timeDenominator) == 1;
    }

    /**
     * Makes the output row 3/4 above + 1/4 below, and the one 1/4 above + 3/4 below.
     *
     * @param above row of {@link TimeBlend}
     * @param below the next one, or the same at an edge of the picture
     * @param denominator of the time weights
     * @param upper where in {@code out} the first of 2 * samples bytes goes
     * @param lower likewise, of the second row
     */
    public void rows(
            short[] above, short[] below, int samples, int denominator, MemorySegment out, long upper, long lower) {
        int shift = SPACE_SHIFT + Integer.numberOfTrailingZeros(denominator);
        short half = (short) (1 << (shift - 1));
        int i = 0;
        for (; i <= samples - SHORTS.length(); i += SHORTS.length()) {
            // Width first: even outputs take the left neighbour, odd ones the right.
            ShortVector a = ShortVector.fromArray(SHORTS, above, i + 1).mul((short) 3);
            ShortVector b = ShortVector.fromArray(SHORTS, below, i + 1).mul((short) 3);
            ShortVector evenAbove = a.add(ShortVector.fromArray(SHORTS, above, i));
            ShortVector oddAbove = a.add(ShortVector.fromArray(SHORTS, above, i + 2));
            ShortVector evenBelow = b.add(ShortVector.fromArray(SHORTS, below, i));
            ShortVector oddBelow = b.add(ShortVector.fromArray(SHORTS, below, i + 2));
            // 3a + b is (a + b) + 2a, and both rows share a + b.
            ShortVector even = evenAbove.add(evenBelow).add(half);
            ShortVector odd = oddAbove.add(oddBelow).add(half);
            // Even and odd are joined as low and high byte of one lane, so nothing is shuffled.
            even.add(evenAbove.add(evenAbove)).lanewise(VectorOperators.LSHR, shift)
                    .or(odd.add(oddAbove.add(oddAbove)).lanewise(VectorOperators.LSHR, shift)
                            .lanewise(VectorOperators.LSHL, 8))
                    .intoMemorySegment(out, upper + 2L * i, LITTLE_ENDIAN);
            even.add(evenBelow.add(evenBelow)).lanewise(VectorOperators.LSHR, shift)
                    .or(odd.add(oddBelow.add(oddBelow)).lanewise(VectorOperators.LSHR, shift)
                            .lanewise(VectorOperators.LSHL, 8))
                    .intoMemorySegment(out, lower + 2L * i, LITTLE_ENDIAN);
        }
        for (; i < samples; i++) {
            for (int side = 0; side <= 2; side += 2) {
                int a = 3 * (above[i + 1] & 0xffff) + (above[i + side] & 0xffff);
                int b = 3 * (below[i + 1] & 0xffff) + (below[i + side] & 0xffff);
                long at = 2L * i + side / 2;
                out.set(ValueLayout.JAVA_BYTE, upper + at, (byte) ((3 * a + b + half) >> shift));
                out.set(ValueLayout.JAVA_BYTE, lower + at, (byte) ((a + 3 * b + half) >> shift));
            }
        }
    }
}
