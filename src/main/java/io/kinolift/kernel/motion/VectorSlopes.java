package io.kinolift.kernel.motion;

import static io.kinolift.kernel.motion.MotionKernel.BLOCK;
import static io.kinolift.kernel.motion.MotionKernel.STEPS;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link MotionKernel#slopes} in vectors of 256 bits. */
final class VectorSlopes {
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_128;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    /** A row of a block, and more on both sides. */
    private static final VectorSpecies<Byte> ROW_BYTES = ByteVector.SPECIES_128;

    private static final VectorSpecies<Short> ROWS = ShortVector.SPECIES_256;
    private static final int ROW = 16;
    /** Rows of a block, one above it and one below. */
    static final int ROOM = (BLOCK + 2) * ROW;

    private VectorSlopes() {}

    /**
     * Computes the sums. Goes through arrays, because a loop over more vectors than the JIT takes at once puts them on the heap,
     * one by one.
     */
    static void sum(byte[] a, int atA, int fractionA, byte[] b, int atB, int fractionB, int stride, SlopeSums sums) {
        interpolate(a, atA, fractionA, stride, sums.first);
        interpolate(b, atB, fractionB, stride, sums.second);
        compare(sums);
        sumProducts(sums);
    }

    /** A block and what lies around it; each row begins one sample to the left of the block. */
    private static void interpolate(byte[] samples, int at, int fraction, int stride, short[] rows) {
        short right = (short) (fraction % STEPS);
        short down = (short) (fraction / STEPS);
        int i = at - stride - 1;
        ShortVector top = across(samples, i, right);
        for (int to = 0; to < ROOM; to += ROW) {
            i += stride;
            ShortVector bottom = across(samples, i, right);
            // Sums of products are unsigned shorts, which a logical shift makes small.
            top.mul((short) (STEPS - down))
                    .add(bottom.mul(down))
                    .add((short) 32)
                    .lanewise(VectorOperators.LSHR, 6)
                    .intoArray(rows, to);
            top = bottom;
        }
    }

    private static ShortVector across(byte[] samples, int at, short fraction) {
        ShortVector left = (ShortVector)
                ByteVector.fromArray(ROW_BYTES, samples, at).convertShape(VectorOperators.ZERO_EXTEND_B2S, ROWS, 0);
        ShortVector right = (ShortVector)
                ByteVector.fromArray(ROW_BYTES, samples, at + 1).convertShape(VectorOperators.ZERO_EXTEND_B2S, ROWS, 0);
        return left.mul((short) (STEPS - fraction)).add(right.mul(fraction));
    }

    private static void compare(SlopeSums sums) {
        for (int at = 0; at < ROOM; at += ROW) {
            ShortVector first = ShortVector.fromArray(ROWS, sums.first, at);
            ShortVector second = ShortVector.fromArray(ROWS, sums.second, at);
            first.add(second).intoArray(sums.both, at);
            second.sub(first).intoArray(sums.apart, at);
        }
    }

    private static void sumProducts(SlopeSums sums) {
        IntVector xx = IntVector.zero(INTS);
        IntVector xy = xx;
        IntVector yy = xx;
        IntVector xd = xx;
        IntVector yd = xx;
        for (int at = ROW + 1; at < (BLOCK + 1) * ROW; at += ROW) {
            IntVector gx = rise(sums.both, at - 1, at + 1);
            IntVector gy = rise(sums.both, at - ROW, at + ROW);
            IntVector d = (IntVector)
                    ShortVector.fromArray(SHORTS, sums.apart, at).convertShape(VectorOperators.S2I, INTS, 0);
            xx = xx.add(gx.mul(gx));
            xy = xy.add(gx.mul(gy));
            yy = yy.add(gy.mul(gy));
            xd = xd.add(gx.mul(d));
            yd = yd.add(gy.mul(d));
        }
        sums.xx = xx.reduceLanes(VectorOperators.ADD);
        sums.xy = xy.reduceLanes(VectorOperators.ADD);
        sums.yy = yy.reduceLanes(VectorOperators.ADD);
        sums.xd = xd.reduceLanes(VectorOperators.ADD);
        sums.yd = yd.reduceLanes(VectorOperators.ADD);
    }

    private static IntVector rise(short[] values, int from, int to) {
        return (IntVector) ShortVector.fromArray(SHORTS, values, to)
                .sub(ShortVector.fromArray(SHORTS, values, from))
                .convertShape(VectorOperators.S2I, INTS, 0);
    }
}
