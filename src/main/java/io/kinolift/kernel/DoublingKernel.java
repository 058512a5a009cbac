package io.kinolift.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * {@link InterpolationKernel#exact} for factor 2 in height and width on half-pixel centres, fused: an output row is
 * made straight from the two blended input rows that it lies between. Two output rows at once would share work, and
 * still take longer where memory is the limit, which likes to be written in one direction.
 *
 * <p>Weights of height and width are quarters, and those of time are always taken in {@value #TIME_UNITS}ths, so that a
 * sum counts 256ths and just fits 16-bit lanes: a sample is its high byte. A shift by what is no constant would cost a
 * third more.
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
     * Makes an output row: 3/4 of one input row + 1/4 of the other.
     *
     * @param near row of {@link TimeBlend}, its weights in {@value #TIME_UNITS}ths
     * @param far the one on the other side of the output row, or the same at an edge of the picture
     * @param offset where in {@code out} the first of 2 * samples bytes goes
     */
    public void row(short[] near, short[] far, int samples, MemorySegment out, long offset) {
        if (samples < SHORTS.length()) {
            scalarRow(near, far, samples, out, offset);
            return;
        }
        int whole = samples - samples % SHORTS.length();
        row(near, far, 0, whole, out, offset);
        if (whole < samples) {
            // The last vector ends with the row and overlaps the one before.
            row(near, far, samples - SHORTS.length(), samples, out, offset);
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

    /** Whole vectors, in a loop without exceptions: one that looks for the end of a row takes a fifth longer. */
    private static void row(short[] near, short[] far, int from, int to, MemorySegment out, long offset) {
        for (int i = from; i <= to - SHORTS.length(); i += SHORTS.length()) {
            ShortVector left = ShortVector.fromArray(SHORTS, near, i).mul((short) 3)
                    .add(ShortVector.fromArray(SHORTS, far, i));
            ShortVector own = ShortVector.fromArray(SHORTS, near, i + 1).mul((short) 3)
                    .add(ShortVector.fromArray(SHORTS, far, i + 1)).mul((short) 3).add(HALF);
            ShortVector right = ShortVector.fromArray(SHORTS, near, i + 2).mul((short) 3)
                    .add(ShortVector.fromArray(SHORTS, far, i + 2));
            // Even outputs take the left neighbour, odd ones the right; joined as low and high byte of one lane, so
            // nothing is shuffled.
            own.add(left).lanewise(VectorOperators.LSHR, Byte.SIZE).or(own.add(right).and(HIGH_BYTE))
                    .intoMemorySegment(out, offset + 2L * i, LITTLE_ENDIAN);
        }
    }
}
