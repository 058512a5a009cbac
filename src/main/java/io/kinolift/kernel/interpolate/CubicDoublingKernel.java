package io.kinolift.kernel.interpolate;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.kinolift.kernel.vector.VectorWidth;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link InterpolationKernel#float32} of bytes for factor 2 in height and width by four cubic taps (a = -0.75) on
 * half-pixel centres, fused: it makes two output rows from one load of the four input rows around them.
 *
 * <p>The weights are -9, 67, 225, -27 over 256, and the reverse. So every sum over time and height is a multiple of 1 /
 * (256 * {@link #MAX_DENOMINATOR}) below 2^9. It fits a float without rounding, whatever the order, so each input row
 * is blended in time once. Products in width do not fit a float; their terms keep the definition's order.
 *
 * <p>Rows of floats hold the samples of even columns, then those of odd columns. Four neighbouring outputs are lanes of
 * four vectors and are joined as the bytes of one lane, so nothing is shuffled. Both halves begin two columns before
 * the row and end two columns behind it, filled with its edges.
 */
public final class CubicDoublingKernel {
    /** The largest denominator of time weights, a power of two. */
    public static final int MAX_DENOMINATOR = 128;

    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Float> FLOATS = INTS.withLanes(float.class);
    private static final VectorSpecies<Short> SHORTS = INTS.withLanes(short.class);
    private static final int LANES = INTS.length();

    private static final float OUTER = -9f / 256;
    private static final float NEAR = 67f / 256;
    private static final float OWN = 225f / 256;
    private static final float FAR = -27f / 256;

    /** @param kernel a kernel for bytes with {@link InterpolationKernel#fuses()} */
    public CubicDoublingKernel(InterpolationKernel kernel) {
        TimeBlend.requireFused(kernel);
    }

    public static boolean serves(long timeDenominator) {
        return timeDenominator <= MAX_DENOMINATOR && Long.bitCount(timeDenominator) == 1;
    }

    /** A row of floats for this many samples. */
    public float[] row(int samples) {
        return new float[2 * half(samples)];
    }

    /** The start of the odd columns: whole vectors, with room for two columns on either side. */
    private static int half(int samples) {
        return Math.ceilDiv(samples + 1, 2 * LANES) * LANES + LANES;
    }

    /**
     * Makes a row of floats.
     *
     * @param sums row of {@link TimeBlend}
     */
    public void split(short[] sums, int samples, float[] row) {
        int half = half(samples);
        for (int i = 0; i < samples; i += 2 * LANES) {
            IntVector pairs = ShortVector.fromArray(SHORTS, sums, 1 + i).reinterpretAsInts();
            ((FloatVector) pairs.and(0xffff).convertShape(VectorOperators.I2F, FLOATS, 0)).intoArray(row, 1 + i / 2);
            ((FloatVector) pairs.lanewise(VectorOperators.LSHR, Short.SIZE)
                            .convertShape(VectorOperators.I2F, FLOATS, 0))
                    .intoArray(row, half + 1 + i / 2);
        }
        for (int beyond = 1; beyond <= 2; beyond++) {
            row[at(-beyond, half)] = row[at(0, half)];
            row[at(samples - 1 + beyond, half)] = row[at(samples - 1, half)];
        }
    }

    /** The index of a column in a row of floats. */
    private static int at(int column, int half) {
        return (column & 1) * half + (column + 2) / 2;
    }

    /**
     * Blends four input rows into the two output rows in the middle of them.
     *
     * @param rows rows of floats, from top to bottom
     * @param denominator of the time weights
     * @param upper receives the output row nearer to the second input row
     * @param lower receives the output row nearer to the third input row
     */
    public void blend(float[][] rows, int samples, int denominator, float[] upper, float[] lower) {
        // The two rows are mirrored: half their sum has equal weights above and below, half their difference opposite
        // ones.
        float likeInner = (OWN + NEAR) / 2 / denominator;
        float likeOuter = (FAR + OUTER) / 2 / denominator;
        float oppositeInner = (OWN - NEAR) / 2 / denominator;
        float oppositeOuter = (FAR - OUTER) / 2 / denominator;
        int length = 2 * half(samples);
        for (int i = 0; i < length; i += LANES) {
            FloatVector first = FloatVector.fromArray(FLOATS, rows[0], i);
            FloatVector second = FloatVector.fromArray(FLOATS, rows[1], i);
            FloatVector third = FloatVector.fromArray(FLOATS, rows[2], i);
            FloatVector fourth = FloatVector.fromArray(FLOATS, rows[3], i);
            FloatVector like =
                    second.add(third).mul(likeInner).add(first.add(fourth).mul(likeOuter));
            FloatVector opposite =
                    second.sub(third).mul(oppositeInner).add(first.sub(fourth).mul(oppositeOuter));
            like.add(opposite).intoArray(upper, i);
            like.sub(opposite).intoArray(lower, i);
        }
    }

    /**
     * Makes an output row.
     *
     * @param sums row of floats made by {@link #blend}
     * @param offset place in {@code out} of the first of 2 * samples bytes
     */
    public void expand(float[] sums, int samples, MemorySegment out, long offset) {
        int pairs = samples - samples % 2;
        int whole = samples - samples % (2 * LANES);
        expand(sums, samples, 0, whole, out, offset);
        if (0 < whole && whole < pairs) {
            // The last vectors end with the row's last pair and overlap the vectors before them.
            expand(sums, samples, pairs - 2 * LANES, pairs, out, offset);
            whole = pairs;
        }
        scalarExpand(sums, samples, whole, out, offset);
    }

    /** Expands whole vectors; both bounds are even columns. */
    private static void expand(float[] sums, int samples, int from, int to, MemorySegment out, long offset) {
        int half = half(samples);
        for (int i = from; i <= to - 2 * LANES; i += 2 * LANES) {
            int column = i / 2;
            FloatVector a = FloatVector.fromArray(FLOATS, sums, column);
            FloatVector b = FloatVector.fromArray(FLOATS, sums, half + column);
            FloatVector c = FloatVector.fromArray(FLOATS, sums, column + 1);
            FloatVector d = FloatVector.fromArray(FLOATS, sums, half + column + 1);
            FloatVector e = FloatVector.fromArray(FLOATS, sums, column + 2);
            FloatVector f = FloatVector.fromArray(FLOATS, sums, half + column + 2);
            FloatVector ownC = c.mul(OWN);
            FloatVector ownD = d.mul(OWN);
            IntVector first = (IntVector) a.mul(OUTER)
                    .add(b.mul(NEAR))
                    .add(ownC)
                    .add(d.mul(FAR))
                    .add(0.5f)
                    .convertShape(VectorOperators.F2I, INTS, 0);
            IntVector second = (IntVector) b.mul(FAR)
                    .add(ownC)
                    .add(d.mul(NEAR))
                    .add(e.mul(OUTER))
                    .add(0.5f)
                    .convertShape(VectorOperators.F2I, INTS, 0);
            IntVector third = (IntVector) b.mul(OUTER)
                    .add(c.mul(NEAR))
                    .add(ownD)
                    .add(e.mul(FAR))
                    .add(0.5f)
                    .convertShape(VectorOperators.F2I, INTS, 0);
            IntVector fourth = (IntVector) c.mul(FAR)
                    .add(ownD)
                    .add(e.mul(NEAR))
                    .add(f.mul(OUTER))
                    .add(0.5f)
                    .convertShape(VectorOperators.F2I, INTS, 0);
            first.max(0)
                    .min(255)
                    .or(second.max(0).min(255).lanewise(VectorOperators.LSHL, 8))
                    .or(third.max(0).min(255).lanewise(VectorOperators.LSHL, 16))
                    .or(fourth.max(0).min(255).lanewise(VectorOperators.LSHL, 24))
                    .intoMemorySegment(out, offset + 2L * i, LITTLE_ENDIAN);
        }
    }

    private static void scalarExpand(float[] sums, int samples, int from, MemorySegment out, long offset) {
        int half = half(samples);
        for (int i = from; i < samples; i++) {
            float own = OWN * sums[at(i, half)];
            float left = sums[at(i - 1, half)];
            float right = sums[at(i + 1, half)];
            float even = OUTER * sums[at(i - 2, half)] + NEAR * left + own + FAR * right;
            float odd = FAR * left + own + NEAR * right + OUTER * sums[at(i + 2, half)];
            out.set(ValueLayout.JAVA_BYTE, offset + 2L * i, (byte) Math.clamp((int) (even + 0.5f), 0, 255));
            out.set(ValueLayout.JAVA_BYTE, offset + 2L * i + 1, (byte) Math.clamp((int) (odd + 0.5f), 0, 255));
        }
    }
}
