package io.kinolift.kernel.motion;

import io.kinolift.kernel.vector.VectorWidth;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link ScalarMotion}, a row of a block at a time. */
public final class VectorMotion implements MotionKernel {
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_64;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_128;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    private static final VectorSpecies<Byte> WIDEST =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final boolean WIDE = VectorWidth.BITS >= 256;

    private final ScalarMotion scalar = new ScalarMotion();

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
        // Eight lanes of at most 8160 exceed a signed short.
        return sum.lanewise(VectorOperators.AND, (short) 0xFF).reduceLanes(VectorOperators.ADD)
                + (sum.lanewise(VectorOperators.LSHR, 8).reduceLanes(VectorOperators.ADD) << 8);
    }

    @Override
    public void slopes(byte[] a, int atA, int fractionA, byte[] b, int atB, int fractionB, int stride, int[] sums) {
        if (!WIDE) {
            scalar.slopes(a, atA, fractionA, b, atB, fractionB, stride, sums);
            return;
        }
        short axR = (short) (fractionA % STEPS);
        short axL = (short) (STEPS - axR);
        short ayD = (short) (fractionA / STEPS);
        short ayU = (short) (STEPS - ayD);
        short bxR = (short) (fractionB % STEPS);
        short bxL = (short) (STEPS - bxR);
        short byD = (short) (fractionB / STEPS);
        short byU = (short) (STEPS - byD);
        // Of the row before, widened across: to the left, here, to the right.
        ShortVector leftA = ShortVector.zero(SHORTS);
        ShortVector hereA = leftA;
        ShortVector rightA = leftA;
        ShortVector leftB = leftA;
        ShortVector hereB = leftA;
        ShortVector rightB = leftA;
        // Sums of both pictures, two rows up and one row up; slope across and difference, one row up.
        ShortVector twoUp = leftA;
        ShortVector oneUp = leftA;
        ShortVector slope = leftA;
        ShortVector apart = leftA;
        IntVector xx = IntVector.zero(INTS);
        IntVector xy = xx;
        IntVector yy = xx;
        IntVector xd = xx;
        IntVector yd = xx;
        for (int y = -2; y <= BLOCK; y++) {
            int i = atA + (y + 1) * stride;
            int k = atB + (y + 1) * stride;
            ShortVector a0 = (ShortVector)
                    ByteVector.fromArray(BYTES, a, i - 1).convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            ShortVector a1 = (ShortVector)
                    ByteVector.fromArray(BYTES, a, i).convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            ShortVector a2 = (ShortVector)
                    ByteVector.fromArray(BYTES, a, i + 1).convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            ShortVector a3 = (ShortVector)
                    ByteVector.fromArray(BYTES, a, i + 2).convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            ShortVector b0 = (ShortVector)
                    ByteVector.fromArray(BYTES, b, k - 1).convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            ShortVector b1 = (ShortVector)
                    ByteVector.fromArray(BYTES, b, k).convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            ShortVector b2 = (ShortVector)
                    ByteVector.fromArray(BYTES, b, k + 1).convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            ShortVector b3 = (ShortVector)
                    ByteVector.fromArray(BYTES, b, k + 2).convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            ShortVector nextLeftA = a0.mul(axL).add(a1.mul(axR));
            ShortVector nextHereA = a1.mul(axL).add(a2.mul(axR));
            ShortVector nextRightA = a2.mul(axL).add(a3.mul(axR));
            ShortVector nextLeftB = b0.mul(bxL).add(b1.mul(bxR));
            ShortVector nextHereB = b1.mul(bxL).add(b2.mul(bxR));
            ShortVector nextRightB = b2.mul(bxL).add(b3.mul(bxR));
            if (y >= -1) {
                ShortVector first =
                        hereA.mul(ayU).add(nextHereA.mul(ayD)).add((short) 32).lanewise(VectorOperators.LSHR, 6);
                ShortVector second =
                        hereB.mul(byU).add(nextHereB.mul(byD)).add((short) 32).lanewise(VectorOperators.LSHR, 6);
                ShortVector both = first.add(second);
                if (y >= 1) {
                    IntVector gx = (IntVector) slope.convertShape(VectorOperators.S2I, INTS, 0);
                    IntVector gy = (IntVector) both.sub(twoUp).convertShape(VectorOperators.S2I, INTS, 0);
                    IntVector d = (IntVector) apart.convertShape(VectorOperators.S2I, INTS, 0);
                    xx = xx.add(gx.mul(gx));
                    xy = xy.add(gx.mul(gy));
                    yy = yy.add(gy.mul(gy));
                    xd = xd.add(gx.mul(d));
                    yd = yd.add(gy.mul(d));
                }
                ShortVector right = rightA.mul(ayU)
                        .add(nextRightA.mul(ayD))
                        .add((short) 32)
                        .lanewise(VectorOperators.LSHR, 6)
                        .add(rightB.mul(byU)
                                .add(nextRightB.mul(byD))
                                .add((short) 32)
                                .lanewise(VectorOperators.LSHR, 6));
                ShortVector left = leftA.mul(ayU)
                        .add(nextLeftA.mul(ayD))
                        .add((short) 32)
                        .lanewise(VectorOperators.LSHR, 6)
                        .add(leftB.mul(byU)
                                .add(nextLeftB.mul(byD))
                                .add((short) 32)
                                .lanewise(VectorOperators.LSHR, 6));
                slope = right.sub(left);
                apart = second.sub(first);
                twoUp = oneUp;
                oneUp = both;
            }
            leftA = nextLeftA;
            hereA = nextHereA;
            rightA = nextRightA;
            leftB = nextLeftB;
            hereB = nextHereB;
            rightB = nextRightB;
        }
        sums[0] = xx.reduceLanes(VectorOperators.ADD);
        sums[1] = xy.reduceLanes(VectorOperators.ADD);
        sums[2] = yy.reduceLanes(VectorOperators.ADD);
        sums[3] = xd.reduceLanes(VectorOperators.ADD);
        sums[4] = yd.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public void countStillEdges(byte[] a, byte[] b, int at, int count, int across, int down, byte[] counts) {
        int x = 0;
        for (; x <= count - WIDEST.length(); x += WIDEST.length()) {
            int i = at + x;
            ByteVector hereA = ByteVector.fromArray(WIDEST, a, i);
            ByteVector hereB = ByteVector.fromArray(WIDEST, b, i);
            ByteVector rise = ByteVector.zero(WIDEST);
            if (across != 0) {
                rise = rise(a, b, hereA, hereB, i + across)
                        .lanewise(VectorOperators.UMAX, rise(a, b, hereA, hereB, i - across));
            }
            if (down != 0) {
                rise = rise.lanewise(VectorOperators.UMAX, rise(a, b, hereA, hereB, i + down))
                        .lanewise(VectorOperators.UMAX, rise(a, b, hereA, hereB, i - down));
            }
            ByteVector apart = hereA.lanewise(VectorOperators.SUSUB, hereB)
                    .lanewise(VectorOperators.OR, hereB.lanewise(VectorOperators.SUSUB, hereA));
            VectorMask<Byte> found = apart.lanewise(VectorOperators.SUSUB, (byte) SAME)
                    .eq((byte) 0)
                    .and(rise.lanewise(VectorOperators.SUSUB, (byte) (EDGE - 1)).compare(VectorOperators.NE, (byte) 0));
            ByteVector.fromArray(WIDEST, counts, x).add((byte) 1, found).intoArray(counts, x);
        }
        scalar.countStillEdges(a, b, at, x, count, across, down, counts);
    }

    /** By how much both pictures rise, or both fall, at least; 0 where one rises and the other falls. */
    private static ByteVector rise(byte[] a, byte[] b, ByteVector hereA, ByteVector hereB, int there) {
        ByteVector thereA = ByteVector.fromArray(WIDEST, a, there);
        ByteVector thereB = ByteVector.fromArray(WIDEST, b, there);
        ByteVector up = thereA.lanewise(VectorOperators.SUSUB, hereA)
                .lanewise(VectorOperators.UMIN, thereB.lanewise(VectorOperators.SUSUB, hereB));
        ByteVector down = hereA.lanewise(VectorOperators.SUSUB, thereA)
                .lanewise(VectorOperators.UMIN, hereB.lanewise(VectorOperators.SUSUB, thereB));
        return up.lanewise(VectorOperators.UMAX, down);
    }
}
