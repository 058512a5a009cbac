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
 * made from one load of the blended input rows that they lie between. Weights of height and width are quarters, and
 * those of time are always taken in {@value #TIME_UNITS}ths, so that a sum counts 256ths and just fits 16-bit lanes: a
 * sample is its high byte. A shift by what is no constant would cost a third more.
 */
public final class DoublingKernel {
    /** What the time weights of a blended row add up to: 255 * 16 * 16 + 128 fits 16 bits. */
    public static final int TIME_UNITS = 16;
    /** Half of what a sum counts, of height, width and time together. */
    private static final short HALF = 128;
    private static final short HIGH_BYTE = (short) 0xff00;

    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(VectorWidth.BITS));

    /** @param kernel with {@link InterpolationKernel#fuses()} */
    public DoublingKernel(InterpolationKernel kernel) {
        TimeBlend.requireFused(kernel);
    }

    /** Whether weights in such parts are whole numbers of {@value #TIME_UNITS}ths. */
    public static boolean serves(long timeDenominator) {
        return TIME_UNITS % timeDenominator == 0;
    }

    /**
     * Makes the output row 3/4 above + 1/4 below, and the one 1/4 above + 3/4 below.
     *
     * @param above row of {@link TimeBlend}, its weights in {@value #TIME_UNITS}ths
     * @param below the next one, or the same at an edge of the picture
     * @param upper where in {@code out} the first of 2 * samples bytes goes
     * @param lower likewise, of the second row
     */
    public void rows(short[] above, short[] below, int samples, MemorySegment out, long upper, long lower) {
        if (samples < SHORTS.length()) {
            scalarRows(above, below, samples, out, upper, lower);
            return;
        }
        int whole = samples - samples % SHORTS.length();
        rows(above, below, 0, whole, out, upper, lower);
        if (whole < samples) {
            // The last vector ends with the row and overlaps the one before.
            rows(above, below, samples - SHORTS.length(), samples, out, upper, lower);
        }
    }

    private static void scalarRows(
            short[] above, short[] below, int samples, MemorySegment out, long upper, long lower) {
        for (int i = 0; i < samples; i++) {
            for (int side = 0; side <= 2; side += 2) {
                int a = 3 * (above[i + 1] & 0xffff) + (above[i + side] & 0xffff);
                int b = 3 * (below[i + 1] & 0xffff) + (below[i + side] & 0xffff);
                long at = 2L * i + side / 2;
                out.set(ValueLayout.JAVA_BYTE, upper + at, (byte) ((3 * a + b + HALF) >> 8));
                out.set(ValueLayout.JAVA_BYTE, lower + at, (byte) ((a + 3 * b + HALF) >> 8));
            }
        }
    }

    /** Whole vectors, in a loop without exceptions: one that looks for the end of a row takes a fifth longer. */
    private static void rows(
            short[] above, short[] below, int from, int to, MemorySegment out, long upper, long lower) {
        for (int i = from; i <= to - SHORTS.length(); i += SHORTS.length()) {
            // Width first: even outputs take the left neighbour, odd ones the right.
            ShortVector a = ShortVector.fromArray(SHORTS, above, i + 1).mul((short) 3);
            ShortVector b = ShortVector.fromArray(SHORTS, below, i + 1).mul((short) 3);
            ShortVector evenAbove = a.add(ShortVector.fromArray(SHORTS, above, i));
            ShortVector oddAbove = a.add(ShortVector.fromArray(SHORTS, above, i + 2));
            ShortVector evenBelow = b.add(ShortVector.fromArray(SHORTS, below, i));
            ShortVector oddBelow = b.add(ShortVector.fromArray(SHORTS, below, i + 2));
            // 3a + b is (a + b) + 2a, and both rows share a + b.
            ShortVector even = evenAbove.add(evenBelow).add(HALF);
            ShortVector odd = oddAbove.add(oddBelow).add(HALF);
            // Even and odd are joined as low and high byte of one lane, so nothing is shuffled.
            even.add(evenAbove.add(evenAbove)).lanewise(VectorOperators.LSHR, 8)
                    .or(odd.add(oddAbove.add(oddAbove)).and(HIGH_BYTE))
                    .intoMemorySegment(out, upper + 2L * i, LITTLE_ENDIAN);
            even.add(evenBelow.add(evenBelow)).lanewise(VectorOperators.LSHR, 8)
                    .or(odd.add(oddBelow.add(oddBelow)).and(HIGH_BYTE))
                    .intoMemorySegment(out, lower + 2L * i, LITTLE_ENDIAN);
        }
    }
}
