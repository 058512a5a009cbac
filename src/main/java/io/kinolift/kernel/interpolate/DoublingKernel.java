package io.kinolift.kernel.interpolate;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.kinolift.kernel.vector.VectorWidth;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link InterpolationKernel#exact} for factor 2 in height and width on half-pixel centres, fused: it makes two output
 * rows straight from the two blended input rows around them.
 *
 * <p>Weights of height and width are quarters, and time weights are always {@value #TIME_UNITS}ths. So a sum counts
 * 256ths and just fits 16-bit lanes, and its high byte is the sample. A shift by a variable would cost a third more.
 */
public final class DoublingKernel {
    /** The total of a blended row's time weights: 255 * 16 * 16 + 128 fits 16 bits. */
    public static final int TIME_UNITS = 16;
    /** Half the denominator of a sum, over height, width and time together. */
    private static final short HALF = 128;

    private static final short HIGH_BYTE = (short) 0xff00;

    /**
     * The number of samples in an input row from which two output rows are made at once. Two rows are also fetched from
     * memory at once, a fifth to a third faster; but if they share a page, the processor sees no order in the accesses
     * and is slower by half.
     */
    private static final int NARROW = 768;

    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(VectorWidth.BITS));

    /** @param kernel with {@link InterpolationKernel#fuses()} */
    public DoublingKernel(InterpolationKernel kernel) {
        TimeBlend.requireFused(kernel);
    }

    /** Whether time weights with this denominator are whole numbers of {@value #TIME_UNITS}ths. */
    public static boolean serves(long timeDenominator) {
        return TIME_UNITS % timeDenominator == 0;
    }

    /**
     * Makes two output rows: 3/4 above + 1/4 below, then 1/4 above + 3/4 below.
     *
     * @param above row of {@link TimeBlend}, with weights in {@value #TIME_UNITS}ths
     * @param below the next row, or the same one at an edge of the picture
     * @param upper place in {@code out} of the first row's 2 * samples bytes
     * @param lower the same for the second row
     */
    public void rows(short[] above, short[] below, int samples, MemorySegment out, long upper, long lower) {
        if (samples < SHORTS.length()) {
            scalarRow(above, below, samples, out, upper);
            scalarRow(below, above, samples, out, lower);
        } else if (samples < NARROW) {
            row(above, below, samples, out, upper);
            row(below, above, samples, out, lower);
        } else {
            twoRows(above, below, samples, out, upper, lower);
        }
    }

    private static void scalarRow(short[] near, short[] far, int samples, MemorySegment out, long offset) {
        for (int i = 0; i < samples; i++) {
            int own = 3 * column(near, far, i + 1) + HALF;
            for (int side = 0; side < 2; side++) {
                int sum = own + column(near, far, i + 2 * side);
                out.set(ValueLayout.JAVA_BYTE, offset + 2L * i + side, (byte) (sum >> Byte.SIZE));
            }
        }
    }

    private static int column(short[] near, short[] far, int at) {
        return 3 * (near[at] & 0xffff) + (far[at] & 0xffff);
    }

    private static void row(short[] near, short[] far, int samples, MemorySegment out, long offset) {
        int last = samples - SHORTS.length();
        for (int i = 0; i <= last; i += SHORTS.length()) {
            vector(near, far, i, out, offset);
        }
        if (samples % SHORTS.length() != 0) {
            // One more vector ends with the row and overlaps those before it.
            vector(near, far, last, out, offset);
        }
    }

    /** Makes two rows of at least one vector. */
    public static void twoRows(short[] above, short[] below, int samples, MemorySegment out, long upper, long lower) {
        int last = samples - SHORTS.length();
        for (int i = 0; i <= last; i += SHORTS.length()) {
            vector(above, below, i, out, upper);
            vector(below, above, i, out, lower);
        }
        if (samples % SHORTS.length() != 0) {
            vector(above, below, last, out, upper);
            vector(below, above, last, out, lower);
        }
    }

    /** Small enough to be inlined everywhere. */
    private static void vector(short[] near, short[] far, int i, MemorySegment out, long offset) {
        ShortVector left =
                ShortVector.fromArray(SHORTS, near, i).mul((short) 3).add(ShortVector.fromArray(SHORTS, far, i));
        ShortVector own = ShortVector.fromArray(SHORTS, near, i + 1)
                .mul((short) 3)
                .add(ShortVector.fromArray(SHORTS, far, i + 1))
                .mul((short) 3)
                .add(HALF);
        ShortVector right = ShortVector.fromArray(SHORTS, near, i + 2)
                .mul((short) 3)
                .add(ShortVector.fromArray(SHORTS, far, i + 2));
        // Even outputs take the left neighbour, odd ones the right; joined as low and high byte of one lane, so nothing
        // is shuffled.
        own.add(left)
                .lanewise(VectorOperators.LSHR, Byte.SIZE)
                .or(own.add(right).and(HIGH_BYTE))
                .intoMemorySegment(out, offset + 2L * i, LITTLE_ENDIAN);
    }
}
