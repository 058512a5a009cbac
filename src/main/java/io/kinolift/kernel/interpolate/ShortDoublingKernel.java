package io.kinolift.kernel.interpolate;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.kinolift.kernel.sample.SampleType;
import io.kinolift.kernel.vector.VectorWidth;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DoublingKernel} for shorts of at most {@value #MAX_SAMPLE}. Here even and odd outputs have separate lanes, and
 * joining them costs as much as the rest. So every row of {@link TimeBlend} is expanded in width once, and two output
 * rows are made from one load of two expanded rows. All sums fit 16-bit lanes without a sign.
 */
public final class ShortDoublingKernel {
    /** The largest sample whose sums fit. */
    public static final int MAX_SAMPLE = 1023;

    /** The total of a blended row's time weights: 1023 * 4 * 16 + 32 fits 16 bits. */
    public static final int TIME_UNITS = 4;
    /** The denominator of a sum, over height, width and time together. */
    private static final int SHIFT = 6;

    private static final short HALF = 1 << (SHIFT - 1);

    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Short> HALF_SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(VectorWidth.BITS / 2));
    private static final VectorSpecies<Integer> INTS = SHORTS.withLanes(int.class);

    private final SampleType samples;

    /** @param kernel with {@link InterpolationKernel#fuses()}, for which {@link #serves(SampleType)} holds */
    public ShortDoublingKernel(InterpolationKernel kernel) {
        TimeBlend.requireFused(kernel);
        samples = kernel.samples();
    }

    /** Whether sums of these samples fit 16 bits. */
    public static boolean serves(SampleType samples) {
        return !samples.areBytes() && samples.shift() == 0 && samples.max() <= MAX_SAMPLE;
    }

    /** Whether time weights with this denominator are whole numbers of {@value #TIME_UNITS}ths. */
    public static boolean serves(long timeDenominator) {
        return TIME_UNITS % timeDenominator == 0;
    }

    /**
     * Expands a row in width: {@code expanded[2i]} is three times sample i plus its left neighbour, {@code expanded[2i
     * + 1]} three times sample i plus its right neighbour.
     *
     * @param sums row of {@link TimeBlend}, with weights in {@value #TIME_UNITS}ths
     * @param expanded row of twice as many sums
     */
    public void expand(short[] sums, int samples, short[] expanded) {
        int whole = samples - samples % INTS.length();
        expand(sums, 0, whole, expanded);
        if (0 < whole && whole < samples) {
            // The last vector ends with the row and overlaps the vector before it.
            expand(sums, samples - INTS.length(), samples, expanded);
            whole = samples;
        }
        for (int i = whole; i < samples; i++) {
            expanded[2 * i] = (short) (3 * sums[i + 1] + sums[i]);
            expanded[2 * i + 1] = (short) (3 * sums[i + 1] + sums[i + 2]);
        }
    }

    private static void expand(short[] sums, int from, int to, short[] expanded) {
        for (int i = from; i <= to - INTS.length(); i += INTS.length()) {
            IntVector left = (IntVector)
                    ShortVector.fromArray(HALF_SHORTS, sums, i).convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
            IntVector own = (IntVector) ShortVector.fromArray(HALF_SHORTS, sums, i + 1)
                    .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
            IntVector right = (IntVector) ShortVector.fromArray(HALF_SHORTS, sums, i + 2)
                    .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
            IntVector most = own.add(own).add(own);
            // Joined as low and high half of one int lane, so nothing is shuffled.
            most.add(left)
                    .or(most.add(right).lanewise(VectorOperators.LSHL, Short.SIZE))
                    .reinterpretAsShorts()
                    .intoArray(expanded, 2 * i);
        }
    }

    /**
     * Makes two output rows: 3/4 above + 1/4 below, then 1/4 above + 3/4 below.
     *
     * @param above expanded row
     * @param below the next row, or the same one at an edge of the picture
     * @param columns samples of an expanded row
     * @param upper place of the first row in {@code out}
     * @param lower place of the second row in {@code out}
     */
    public void rows(short[] above, short[] below, int columns, MemorySegment out, long upper, long lower) {
        int whole = columns - columns % SHORTS.length();
        rows(above, below, 0, whole, out, upper, lower);
        if (0 < whole && whole < columns) {
            // The last vector ends with the row and overlaps the vector before it.
            rows(above, below, columns - SHORTS.length(), columns, out, upper, lower);
            whole = columns;
        }
        for (int o = whole; o < columns; o++) {
            int a = Short.toUnsignedInt(above[o]);
            int b = Short.toUnsignedInt(below[o]);
            samples.set(out, upper, o, (3 * a + b + HALF) >> SHIFT);
            samples.set(out, lower, o, (a + 3 * b + HALF) >> SHIFT);
        }
    }

    private static void rows(
            short[] above, short[] below, int from, int to, MemorySegment out, long upper, long lower) {
        for (int o = from; o <= to - SHORTS.length(); o += SHORTS.length()) {
            ShortVector a = ShortVector.fromArray(SHORTS, above, o);
            ShortVector b = ShortVector.fromArray(SHORTS, below, o);
            // 3a + b is (a + b) + 2a, and both rows share a + b.
            ShortVector both = a.add(b).add(HALF);
            both.add(a.add(a))
                    .lanewise(VectorOperators.LSHR, SHIFT)
                    .intoMemorySegment(out, upper + 2L * o, LITTLE_ENDIAN);
            both.add(b.add(b))
                    .lanewise(VectorOperators.LSHR, SHIFT)
                    .intoMemorySegment(out, lower + 2L * o, LITTLE_ENDIAN);
        }
    }
}
