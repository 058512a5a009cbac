package io.kinolift.kernel.motion;

import io.kinolift.kernel.vector.VectorWidth;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link ScalarMotion}, a row of a block at a time. */
public final class VectorMotion implements MotionKernel {
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_64;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_128;
    private static final VectorSpecies<Byte> WIDEST =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Short> WIDEST_SHORTS = WIDEST.withLanes(short.class);
    /** As many bytes as {@link #WIDEST_SHORTS}. */
    private static final VectorSpecies<Byte> HALF_BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(VectorWidth.BITS / 2));

    private static final boolean WIDE = VectorWidth.BITS >= 256;

    private final ScalarMotion scalar = new ScalarMotion();

    @Override
    public void differences(
            byte[] a,
            int atA,
            int fractionA,
            byte[] b,
            int atB,
            int fractionB,
            int stride,
            int count,
            short[] room,
            int[] differences,
            int to) {
        int width = BLOCK / 2 * (count + 1);
        if ((fractionA | fractionB) == 0) {
            for (int x = 0; x < width; x += WIDEST.length()) {
                sumHalves(a, atA + x, b, atB + x, stride, room, x / 2);
            }
            for (int i = 0; i < count; i++) {
                differences[to + i] = 4 * (room[2 * i] + room[2 * i + 2]);
            }
            return;
        }
        int second = (BLOCK + 1) * WIDEST_SHORTS.length();
        int halves = 2 * second;
        for (int x = 0; x < width; x += WIDEST_SHORTS.length()) {
            // By way of arrays, as in VectorSlopes.
            interpolateAcross(a, atA + x, (short) (fractionA % STEPS), stride, room, 0);
            interpolateAcross(b, atB + x, (short) (fractionB % STEPS), stride, room, second);
            sumHalves(room, second, (short) (fractionA / STEPS), (short) (fractionB / STEPS), halves + x);
        }
        for (int i = 0; i < count; i++) {
            differences[to + i] = room[halves + 4 * i] + room[halves + 4 * i + 4];
        }
    }

    @Override
    public int together(boolean onWholeSamples) {
        return (onWholeSamples ? WIDEST : WIDEST_SHORTS).length() / (BLOCK / 2) - 1;
    }

    /** Differences of four samples beside each other, in all rows; every other short of {@code room} counts. */
    private static void sumHalves(byte[] a, int atA, byte[] b, int atB, int stride, short[] room, int to) {
        ShortVector pairs = ShortVector.zero(WIDEST_SHORTS);
        for (int y = 0; y < BLOCK; y++) {
            ShortVector apart = apart(ByteVector.fromArray(WIDEST, a, atA), ByteVector.fromArray(WIDEST, b, atB))
                    .reinterpretAsShorts();
            pairs = pairs.add(apart.and((short) 0xFF)).add(apart.lanewise(VectorOperators.LSHR, 8));
            atA += stride;
            atB += stride;
        }
        IntVector halves = pairs.reinterpretAsInts();
        halves.add(halves.lanewise(VectorOperators.LSHR, 16))
                .reinterpretAsShorts()
                .intoArray(room, to);
    }

    /** The rows of blocks and one more. */
    private static void interpolateAcross(byte[] samples, int at, short right, int stride, short[] rows, int to) {
        for (int y = 0; y <= BLOCK; y++) {
            ShortVector before = (ShortVector) ByteVector.fromArray(HALF_BYTES, samples, at + y * stride)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2S, WIDEST_SHORTS, 0);
            ShortVector after = (ShortVector) ByteVector.fromArray(HALF_BYTES, samples, at + y * stride + 1)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2S, WIDEST_SHORTS, 0);
            before.mul((short) (STEPS - right)).add(after.mul(right)).intoArray(rows, to + y * WIDEST_SHORTS.length());
        }
    }

    /**
     * Of rows of both pictures; the second picture's begin at {@code second}. One of four shorts counts. It calls no method
     * that returns a vector: where the JIT does not inline that, vectors are on the heap.
     */
    private static void sumHalves(short[] room, int second, short downA, short downB, int to) {
        ShortVector sum = ShortVector.zero(WIDEST_SHORTS);
        for (int i = 0; i < BLOCK * WIDEST_SHORTS.length(); i += WIDEST_SHORTS.length()) {
            int k = second + i;
            // Sums of products are unsigned shorts, which a logical shift makes small.
            ShortVector rowA = ShortVector.fromArray(WIDEST_SHORTS, room, i)
                    .mul((short) (STEPS - downA))
                    .add(ShortVector.fromArray(WIDEST_SHORTS, room, i + WIDEST_SHORTS.length())
                            .mul(downA))
                    .add((short) 32)
                    .lanewise(VectorOperators.LSHR, 6);
            ShortVector rowB = ShortVector.fromArray(WIDEST_SHORTS, room, k)
                    .mul((short) (STEPS - downB))
                    .add(ShortVector.fromArray(WIDEST_SHORTS, room, k + WIDEST_SHORTS.length())
                            .mul(downB))
                    .add((short) 32)
                    .lanewise(VectorOperators.LSHR, 6);
            sum = sum.add(rowA.sub(rowB).abs());
        }
        // The lowest short of each pair, then of each four, sums them up.
        IntVector pairs = sum.reinterpretAsInts();
        LongVector halves = pairs.add(pairs.lanewise(VectorOperators.LSHR, 16)).reinterpretAsLongs();
        halves.add(halves.lanewise(VectorOperators.LSHR, 32))
                .reinterpretAsShorts()
                .intoArray(room, to);
    }

    private static ByteVector apart(ByteVector a, ByteVector b) {
        return a.lanewise(VectorOperators.SUSUB, b).lanewise(VectorOperators.OR, b.lanewise(VectorOperators.SUSUB, a));
    }

    @Override
    public int difference(byte[] a, int atA, byte[] b, int atB, int stride) {
        ShortVector sum = ShortVector.zero(SHORTS);
        for (int y = 0; y < BLOCK; y++) {
            ShortVector rowA = (ShortVector)
                    ByteVector.fromArray(BYTES, a, atA).convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            ShortVector rowB = (ShortVector)
                    ByteVector.fromArray(BYTES, b, atB).convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            sum = sum.add(rowA.sub(rowB).abs());
            atA += stride;
            atB += stride;
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public int difference(byte[] a, int atA, int fractionA, byte[] b, int atB, int fractionB, int stride) {
        if ((fractionA | fractionB) == 0) {
            return 4 * difference(a, atA, b, atB, stride);
        }
        short axR = (short) (fractionA % STEPS);
        short axL = (short) (STEPS - axR);
        short ayD = (short) (fractionA / STEPS);
        short ayU = (short) (STEPS - ayD);
        short bxR = (short) (fractionB % STEPS);
        short bxL = (short) (STEPS - bxR);
        short byD = (short) (fractionB / STEPS);
        short byU = (short) (STEPS - byD);
        ShortVector topA = ((ShortVector)
                        ByteVector.fromArray(BYTES, a, atA).convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
                .mul(axL)
                .add(((ShortVector) ByteVector.fromArray(BYTES, a, atA + 1)
                                .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
                        .mul(axR));
        ShortVector topB = ((ShortVector)
                        ByteVector.fromArray(BYTES, b, atB).convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
                .mul(bxL)
                .add(((ShortVector) ByteVector.fromArray(BYTES, b, atB + 1)
                                .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
                        .mul(bxR));
        ShortVector sum = ShortVector.zero(SHORTS);
        for (int y = 0; y < BLOCK; y++) {
            atA += stride;
            atB += stride;
            ShortVector bottomA = ((ShortVector) ByteVector.fromArray(BYTES, a, atA)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
                    .mul(axL)
                    .add(((ShortVector) ByteVector.fromArray(BYTES, a, atA + 1)
                                    .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
                            .mul(axR));
            ShortVector bottomB = ((ShortVector) ByteVector.fromArray(BYTES, b, atB)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
                    .mul(bxL)
                    .add(((ShortVector) ByteVector.fromArray(BYTES, b, atB + 1)
                                    .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
                            .mul(bxR));
            // Sums of products are unsigned shorts, which a logical shift makes small.
            ShortVector rowA =
                    topA.mul(ayU).add(bottomA.mul(ayD)).add((short) 32).lanewise(VectorOperators.LSHR, 6);
            ShortVector rowB =
                    topB.mul(byU).add(bottomB.mul(byD)).add((short) 32).lanewise(VectorOperators.LSHR, 6);
            sum = sum.add(rowA.sub(rowB).abs());
            topA = bottomA;
            topB = bottomB;
        }
        // Eight lanes of at most 8160 exceed a signed short, but not an unsigned one.
        return Short.toUnsignedInt(sum.reduceLanes(VectorOperators.ADD));
    }

    @Override
    public void slopes(byte[] a, int atA, int fractionA, byte[] b, int atB, int fractionB, int stride, SlopeSums sums) {
        if (!WIDE) {
            scalar.slopes(a, atA, fractionA, b, atB, fractionB, stride, sums);
            return;
        }
        VectorSlopes.sum(a, atA, fractionA, b, atB, fractionB, stride, sums);
    }

    /**
     * Calls no helper of this class that returns a vector, and so has {@link #apart} written out: the JIT often compiles this loop
     * before it has counted calls, and then does not inline helpers, so their vectors go to the heap. {@code rise} is passed on and
     * never called: the JIT does not know the class of a loop's variable at first.
     */
    @Override
    public void countStillEdges(byte[] a, byte[] b, int at, int count, int[] around, byte[] counts) {
        int x = 0;
        for (; x <= count - WIDEST.length(); x += WIDEST.length()) {
            int i = at + x;
            ByteVector hereA = ByteVector.fromArray(WIDEST, a, i);
            ByteVector hereB = ByteVector.fromArray(WIDEST, b, i);
            // The largest rise or fall to a neighbour so far that both pictures have.
            ByteVector rise = ByteVector.zero(WIDEST);
            for (int away : around) {
                ByteVector thereA = ByteVector.fromArray(WIDEST, a, i + away);
                ByteVector thereB = ByteVector.fromArray(WIDEST, b, i + away);
                ByteVector up = thereA.lanewise(VectorOperators.SUSUB, hereA)
                        .lanewise(VectorOperators.UMIN, thereB.lanewise(VectorOperators.SUSUB, hereB));
                ByteVector down = hereA.lanewise(VectorOperators.SUSUB, thereA)
                        .lanewise(VectorOperators.UMIN, hereB.lanewise(VectorOperators.SUSUB, thereB));
                rise = up.lanewise(VectorOperators.UMAX, down).lanewise(VectorOperators.UMAX, rise);
            }
            VectorMask<Byte> found = hereA.lanewise(VectorOperators.SUSUB, hereB)
                    .lanewise(VectorOperators.OR, hereB.lanewise(VectorOperators.SUSUB, hereA))
                    .lanewise(VectorOperators.SUSUB, (byte) SAME)
                    .eq((byte) 0)
                    .and(rise.lanewise(VectorOperators.SUSUB, (byte) (EDGE - 1)).compare(VectorOperators.NE, (byte) 0));
            ByteVector.fromArray(WIDEST, counts, x).add((byte) 1, found).intoArray(counts, x);
        }
        scalar.countStillEdges(a, b, at, x, count, around, counts);
    }
}
