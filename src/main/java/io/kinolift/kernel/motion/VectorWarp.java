package io.kinolift.kernel.motion;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.kinolift.kernel.sample.SampleType;
import io.kinolift.kernel.vector.VectorWidth;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link ScalarWarp}: a row of a block is one vector, or two. */
public final class VectorWarp implements WarpKernel {
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(Math.min(256, VectorWidth.BITS)));
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_64;
    private static final int LANES = FLOATS.length();
    private static final VectorSpecies<Short> SHORTS = FLOATS.withLanes(short.class);
    private static final VectorSpecies<Byte> PAIRS = FLOATS.withLanes(byte.class);
    /** As many shorts as {@link #INTS}. */
    private static final VectorSpecies<Short> HALVES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(LANES * Short.SIZE));

    /** Nothing, then the falling half of the window again and again. */
    private static final float[] FALLING = {0, 0, 0, 0, 0.875f, 0.625f, 0.375f, 0.125f, 0.875f, 0.625f, 0.375f, 0.125f};

    /** The rising half, then nothing. */
    private static final float[] RISING = {0.125f, 0.375f, 0.625f, 0.875f, 0.125f, 0.375f, 0.625f, 0.875f, 0, 0, 0, 0};

    private final ScalarWarp scalar = new ScalarWarp();

    @Override
    public void addBlocks(
            SampleGrid gridA,
            int atA,
            int fractionA,
            SampleGrid gridB,
            int atB,
            int fractionB,
            int plain,
            BlockJoin join,
            float[] sums,
            int sumStride,
            int row,
            int column,
            int count) {
        // Of vectors that hold two halves of blocks, there must be a whole number.
        int first = count - (LANES > HALF ? (count + 1) % 2 : 0);
        if (first > 0) {
            addStrip(gridA, atA, fractionA, gridB, atB, fractionB, plain, join, sums, sumStride, row, column, first);
        }
        if (first < count) {
            int x = first * HALF;
            addStrip(
                    gridA,
                    atA + x,
                    fractionA,
                    gridB,
                    atB + x,
                    fractionB,
                    plain + x,
                    join,
                    sums,
                    sumStride,
                    row,
                    column + x,
                    1);
        }
    }

    /** Where two blocks overlap, both give the same sample, which is made once. */
    private static void addStrip(
            SampleGrid gridA,
            int atA,
            int fractionA,
            SampleGrid gridB,
            int atB,
            int fractionB,
            int plain,
            BlockJoin join,
            float[] sums,
            int sumStride,
            int row,
            int column,
            int count) {
        int width = (count + 1) * HALF;
        float[] a = gridA.samples;
        float[] b = gridB.samples;
        int stride = gridA.stride;
        for (int x = 0; x < width; x += LANES) {
            if (fractionA != 0) {
                interpolate(a, atA + x, stride, fractionA, join.first);
            }
            if (fractionB != 0) {
                interpolate(b, atB + x, stride, fractionB, join.second);
            }
            add(
                    fractionA == 0 ? a : join.first,
                    fractionA == 0 ? atA + x : 0,
                    fractionA == 0 ? stride : LANES,
                    fractionB == 0 ? b : join.second,
                    fractionB == 0 ? atB + x : 0,
                    fractionB == 0 ? stride : LANES,
                    join,
                    x == 0 ? 0 : HALF,
                    x + LANES < width ? 0 : 3 * HALF - LANES,
                    sums,
                    sumStride,
                    row,
                    column + x,
                    a,
                    b,
                    plain + x,
                    stride);
        }
    }

    /** A column of vectors between samples. */
    private static void interpolate(float[] samples, int at, int stride, int fraction, float[] column) {
        float[] across = CubicTaps.OF[fraction % MotionKernel.STEPS];
        float[] down = CubicTaps.OF[fraction / MotionKernel.STEPS];
        int i = at - stride;
        FloatVector top = across(samples, i, across);
        FloatVector up = across(samples, i + stride, across);
        FloatVector here = across(samples, i + 2 * stride, across);
        i += 3 * stride;
        for (int to = 0; to < BLOCK * LANES; to += LANES) {
            FloatVector next = across(samples, i, across);
            top.mul(down[0])
                    .add(up.mul(down[1]))
                    .add(here.mul(down[2]))
                    .add(next.mul(down[3]))
                    .intoArray(column, to);
            top = up;
            up = here;
            here = next;
            i += stride;
        }
    }

    private static FloatVector across(float[] samples, int at, float[] taps) {
        return FloatVector.fromArray(FLOATS, samples, at - 1)
                .mul(taps[0])
                .add(FloatVector.fromArray(FLOATS, samples, at).mul(taps[1]))
                .add(FloatVector.fromArray(FLOATS, samples, at + 1).mul(taps[2]))
                .add(FloatVector.fromArray(FLOATS, samples, at + 2).mul(taps[3]));
    }

    /** Joins two columns of vectors. */
    private static void add(
            float[] a,
            int atA,
            int strideA,
            float[] b,
            int atB,
            int strideB,
            BlockJoin join,
            int fallingAt,
            int risingAt,
            float[] sums,
            int sumStride,
            int row,
            int column,
            float[] plainA,
            float[] plainB,
            int plain,
            int stride) {
        FloatVector falling = FloatVector.fromArray(FLOATS, FALLING, fallingAt);
        FloatVector rising = FloatVector.fromArray(FLOATS, RISING, risingAt);
        float trust = join.trustedShare - join.share;
        float share = join.share;
        float fallBack = join.fallBack;
        float tolerance = join.tolerance * join.tolerance;
        float shift = join.shift;
        for (int y = 0; y < BLOCK; y++) {
            int to = (row + y) % RING * sumStride + column;
            FloatVector first = FloatVector.fromArray(FLOATS, a, atA + y * strideA);
            FloatVector apart =
                    FloatVector.fromArray(FLOATS, b, atB + y * strideB).sub(first);
            FloatVector disagreement = apart.sub(shift);
            FloatVector squared = disagreement.mul(disagreement);
            FloatVector doubt = squared.div(squared.add(tolerance));
            FloatVector made = first.add(apart.mul(doubt.mul(trust).add(share)));
            if (fallBack > 0) {
                int at = plain + y * stride;
                FloatVector before = FloatVector.fromArray(FLOATS, plainA, at);
                FloatVector blend = before.add(
                        FloatVector.fromArray(FLOATS, plainB, at).sub(before).mul(share));
                made = made.add(doubt.mul(fallBack).mul(blend.sub(made)));
            }
            float window = ScalarWarp.WINDOW[y];
            FloatVector.fromArray(FLOATS, sums, to)
                    .add(made.mul(falling.mul(window)))
                    .add(made.mul(rising.mul(window)))
                    .intoArray(sums, to);
        }
    }

    @Override
    public void widen(SampleType samples, MemorySegment data, long offset, int step, float[] row, int at, int count) {
        int x = 0;
        if (samples.areBytes() && step == 1) {
            for (; x <= count - BYTES.length(); x += LANES) {
                ((FloatVector) ByteVector.fromMemorySegment(BYTES, data, offset + x, LITTLE_ENDIAN)
                                .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
                                .convertShape(VectorOperators.I2F, FLOATS, 0))
                        .intoArray(row, at + x);
            }
        }
        scalar.widen(samples, data, offset + (long) x * step * samples.size(), step, row, at + x, count - x);
    }

    @Override
    public void halve(byte[] samples, int at, int stride, byte[] half, int halfAt, int count, short[] room) {
        int odd = WarpKernel.room(count) / 2;
        // From two samples before on.
        for (int x = 0; x < count + 2; x += SHORTS.length()) {
            int i = at - 2 + 2 * x;
            ShortVector up2 = pairs(samples, i - 2 * stride);
            ShortVector up = pairs(samples, i - stride);
            ShortVector upper = pairs(samples, i);
            ShortVector lower = pairs(samples, i + stride);
            ShortVector down = pairs(samples, i + 2 * stride);
            ShortVector down2 = pairs(samples, i + 3 * stride);
            sumDown(even(up2), even(up), even(upper), even(lower), even(down), even(down2))
                    .intoArray(room, x);
            sumDown(odd(up2), odd(up), odd(upper), odd(lower), odd(down), odd(down2))
                    .intoArray(room, odd + x);
        }
        int x = 0;
        for (; x <= count - BYTES.length(); x += LANES) {
            ShortVector outer =
                    ShortVector.fromArray(HALVES, room, x).add(ShortVector.fromArray(HALVES, room, odd + x + 2));
            ShortVector beside =
                    ShortVector.fromArray(HALVES, room, odd + x).add(ShortVector.fromArray(HALVES, room, x + 2));
            ShortVector inner =
                    ShortVector.fromArray(HALVES, room, x + 1).add(ShortVector.fromArray(HALVES, room, odd + x + 1));
            ((IntVector) beside.add(inner.add(inner)).convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .mul(5)
                    .add(outer.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
                    .add(512)
                    .lanewise(VectorOperators.LSHR, 10)
                    .convertShape(VectorOperators.I2B, BYTES, 0)
                    .reinterpretAsBytes()
                    .intoArray(half, halfAt + x);
        }
        for (; x < count; x++) {
            int sum = room[x]
                    + room[odd + x + 2]
                    + 5 * (room[odd + x] + room[x + 2])
                    + 10 * (room[x + 1] + room[odd + x + 1]);
            half[halfAt + x] = (byte) ((sum + 512) >> 10);
        }
    }

    private static ShortVector pairs(byte[] samples, int at) {
        return ByteVector.fromArray(PAIRS, samples, at).reinterpretAsShorts();
    }

    private static ShortVector even(ShortVector pairs) {
        return pairs.and((short) 0xFF);
    }

    private static ShortVector odd(ShortVector pairs) {
        return pairs.lanewise(VectorOperators.LSHR, 8);
    }

    private static ShortVector sumDown(
            ShortVector up2,
            ShortVector up,
            ShortVector upper,
            ShortVector lower,
            ShortVector down,
            ShortVector down2) {
        return up2.add(down2)
                .add(up.add(down).mul((short) 5))
                .add(upper.add(lower).mul((short) 10));
    }

    @Override
    public void round(SampleType samples, float[] sums, int at, int count, MemorySegment data, long offset, int step) {
        int x = 0;
        if (samples.areBytes() && step == 1) {
            for (; x <= count - BYTES.length(); x += LANES) {
                ((IntVector) FloatVector.fromArray(FLOATS, sums, at + x)
                                .add(0.5f)
                                .convertShape(VectorOperators.F2I, INTS, 0))
                        .max(0)
                        .min(samples.max())
                        .convertShape(VectorOperators.I2B, BYTES, 0)
                        .reinterpretAsBytes()
                        .intoMemorySegment(data, offset + x, LITTLE_ENDIAN);
            }
        }
        scalar.round(samples, sums, at + x, count - x, data, offset + (long) x * step * samples.size(), step);
    }
}
