package io.kinolift.kernel.motion;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

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
        for (int x = 0; x < width; x += LANES) {
            int falling = x == 0 ? 0 : HALF;
            int rising = x + LANES < width ? 0 : 3 * HALF - LANES;
            if ((fractionA | fractionB) == 0) {
                addWhole(
                        gridA,
                        atA + x,
                        gridB,
                        atB + x,
                        plain + x,
                        join,
                        falling,
                        rising,
                        sums,
                        sumStride,
                        row,
                        column + x);
            } else {
                add(
                        gridA,
                        atA + x,
                        fractionA,
                        gridB,
                        atB + x,
                        fractionB,
                        plain + x,
                        join,
                        falling,
                        rising,
                        sums,
                        sumStride,
                        row,
                        column + x);
            }
        }
    }

    private static void addWhole(
            SampleGrid gridA,
            int atA,
            SampleGrid gridB,
            int atB,
            int plain,
            BlockJoin join,
            int fallingAt,
            int risingAt,
            float[] sums,
            int sumStride,
            int row,
            int column) {
        float[] a = gridA.samples;
        float[] b = gridB.samples;
        FloatVector falling = FloatVector.fromArray(FLOATS, FALLING, fallingAt);
        FloatVector rising = FloatVector.fromArray(FLOATS, RISING, risingAt);
        int stride = gridA.stride;
        float trust = join.trustedShare - join.share;
        float share = join.share;
        float fallBack = join.fallBack;
        float tolerance = join.tolerance * join.tolerance;
        float shift = join.shift;
        for (int y = 0; y < BLOCK; y++) {
            int to = (row + y) % RING * sumStride + column;
            int down = y * stride;
            FloatVector first = FloatVector.fromArray(FLOATS, a, atA + down);
            FloatVector apart = FloatVector.fromArray(FLOATS, b, atB + down).sub(first);
            FloatVector disagreement = apart.sub(shift);
            FloatVector squared = disagreement.mul(disagreement);
            FloatVector doubt = squared.div(squared.add(tolerance));
            FloatVector made = first.add(apart.mul(doubt.mul(trust).add(share)));
            if (fallBack > 0) {
                FloatVector before = FloatVector.fromArray(FLOATS, a, plain + down);
                FloatVector blend = before.add(FloatVector.fromArray(FLOATS, b, plain + down)
                        .sub(before)
                        .mul(share));
                made = made.add(doubt.mul(fallBack).mul(blend.sub(made)));
            }
            FloatVector.fromArray(FLOATS, sums, to)
                    .add(made.mul(falling.mul(ScalarWarp.WINDOW[y])))
                    .add(made.mul(rising.mul(ScalarWarp.WINDOW[y])))
                    .intoArray(sums, to);
        }
    }

    private static void add(
            SampleGrid gridA,
            int atA,
            int fractionA,
            SampleGrid gridB,
            int atB,
            int fractionB,
            int plain,
            BlockJoin join,
            int fallingAt,
            int risingAt,
            float[] sums,
            int sumStride,
            int row,
            int column) {
        float[] a = gridA.samples;
        float[] b = gridB.samples;
        FloatVector falling = FloatVector.fromArray(FLOATS, FALLING, fallingAt);
        FloatVector rising = FloatVector.fromArray(FLOATS, RISING, risingAt);
        int stride = gridA.stride;
        float[] acrossA = CubicTaps.OF[fractionA % MotionKernel.STEPS];
        float[] downA = CubicTaps.OF[fractionA / MotionKernel.STEPS];
        float[] acrossB = CubicTaps.OF[fractionB % MotionKernel.STEPS];
        float[] downB = CubicTaps.OF[fractionB / MotionKernel.STEPS];
        float a0 = acrossA[0];
        float a1 = acrossA[1];
        float a2 = acrossA[2];
        float a3 = acrossA[3];
        float b0 = acrossB[0];
        float b1 = acrossB[1];
        float b2 = acrossB[2];
        float b3 = acrossB[3];
        float trust = join.trustedShare - join.share;
        float share = join.share;
        float fallBack = join.fallBack;
        float tolerance = join.tolerance * join.tolerance;
        float shift = join.shift;
        FloatVector topA = FloatVector.zero(FLOATS);
        FloatVector upA = topA;
        FloatVector hereA = topA;
        FloatVector topB = topA;
        FloatVector upB = topA;
        FloatVector hereB = topA;
        // Three rows first, which make nothing yet.
        for (int y = -3; y < BLOCK; y++) {
            int i = atA + (y + 2) * stride;
            FloatVector nextA = FloatVector.fromArray(FLOATS, a, i - 1)
                    .mul(a0)
                    .add(FloatVector.fromArray(FLOATS, a, i).mul(a1))
                    .add(FloatVector.fromArray(FLOATS, a, i + 1).mul(a2))
                    .add(FloatVector.fromArray(FLOATS, a, i + 2).mul(a3));
            int k = atB + (y + 2) * stride;
            FloatVector nextB = FloatVector.fromArray(FLOATS, b, k - 1)
                    .mul(b0)
                    .add(FloatVector.fromArray(FLOATS, b, k).mul(b1))
                    .add(FloatVector.fromArray(FLOATS, b, k + 1).mul(b2))
                    .add(FloatVector.fromArray(FLOATS, b, k + 2).mul(b3));
            if (y >= 0) {
                FloatVector first = topA.mul(downA[0])
                        .add(upA.mul(downA[1]))
                        .add(hereA.mul(downA[2]))
                        .add(nextA.mul(downA[3]));
                FloatVector second = topB.mul(downB[0])
                        .add(upB.mul(downB[1]))
                        .add(hereB.mul(downB[2]))
                        .add(nextB.mul(downB[3]));
                FloatVector apart = second.sub(first);
                FloatVector disagreement = apart.sub(shift);
                FloatVector squared = disagreement.mul(disagreement);
                FloatVector doubt = squared.div(squared.add(tolerance));
                FloatVector made = first.add(apart.mul(doubt.mul(trust).add(share)));
                int down = y * stride;
                if (fallBack > 0) {
                    FloatVector before = FloatVector.fromArray(FLOATS, a, plain + down);
                    FloatVector blend = before.add(FloatVector.fromArray(FLOATS, b, plain + down)
                            .sub(before)
                            .mul(share));
                    made = made.add(doubt.mul(fallBack).mul(blend.sub(made)));
                }
                int to = (row + y) % RING * sumStride + column;
                FloatVector.fromArray(FLOATS, sums, to)
                        .add(made.mul(falling.mul(ScalarWarp.WINDOW[y])))
                        .add(made.mul(rising.mul(ScalarWarp.WINDOW[y])))
                        .intoArray(sums, to);
            }
            topA = upA;
            upA = hereA;
            hereA = nextA;
            topB = upB;
            upB = hereB;
            hereB = nextB;
        }
    }

    @Override
    public void widen(MemorySegment data, long offset, int sampleBytes, int step, float[] row, int at, int count) {
        int x = 0;
        if (sampleBytes == Byte.BYTES && step == 1) {
            for (; x <= count - BYTES.length(); x += LANES) {
                ((FloatVector) ByteVector.fromMemorySegment(BYTES, data, offset + x, LITTLE_ENDIAN)
                                .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
                                .convertShape(VectorOperators.I2F, FLOATS, 0))
                        .intoArray(row, at + x);
            }
        }
        scalar.widen(data, offset + (long) x * step * sampleBytes, sampleBytes, step, row, at + x, count - x);
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
    public void round(
            float[] sums, int at, int count, int largest, MemorySegment data, long offset, int sampleBytes, int step) {
        int x = 0;
        if (sampleBytes == Byte.BYTES && step == 1) {
            for (; x <= count - BYTES.length(); x += LANES) {
                ((IntVector) FloatVector.fromArray(FLOATS, sums, at + x)
                                .add(0.5f)
                                .convertShape(VectorOperators.F2I, INTS, 0))
                        .max(0)
                        .min(largest)
                        .convertShape(VectorOperators.I2B, BYTES, 0)
                        .reinterpretAsBytes()
                        .intoMemorySegment(data, offset + x, LITTLE_ENDIAN);
            }
        }
        scalar.round(sums, at + x, count - x, largest, data, offset + (long) x * step * sampleBytes, sampleBytes, step);
    }
}
