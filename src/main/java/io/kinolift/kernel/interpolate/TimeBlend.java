package io.kinolift.kernel.interpolate;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.kinolift.kernel.sample.SampleType;
import io.kinolift.kernel.vector.VectorWidth;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The first pass of the fused loops: the same row of neighbouring frames becomes one row of 16-bit sums. */
public final class TimeBlend {
    /** Vector loops load whole vectors, of at most 32 lanes. */
    private static final int SLACK = 64;

    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Byte> HALF_BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(VectorWidth.BITS / 2));

    private final SampleType samples;

    /** @param kernel with {@link InterpolationKernel#fuses()} */
    public TimeBlend(InterpolationKernel kernel) {
        requireFused(kernel);
        samples = kernel.samples();
    }

    /** The fused loops exist in lanes only. */
    static void requireFused(InterpolationKernel kernel) {
        if (!kernel.fuses()) {
            throw new IllegalArgumentException("expected a kernel of vectors, found " + kernel);
        }
    }

    /** A row to blend into, for this many samples. */
    public short[] row(int samples) {
        return new short[samples + SLACK];
    }

    /**
     * Blends the same row of one or two frames.
     *
     * @param frames one or two sources with integer weights that fit: the largest sum is below 2^16
     * @param sums receives the sums from index 1 on, and a second copy of both edges
     */
    public void blend(RowInput frames, int count, short[] sums) {
        if (count < SHORTS.length()) {
            blendOneByOne(frames, count, sums);
        } else {
            int whole = count - count % SHORTS.length();
            blend(frames, 0, whole, sums);
            if (whole < count) {
                // The last vector ends with the row and overlaps the vector before it.
                blend(frames, count - SHORTS.length(), count, sums);
            }
        }
        sums[0] = sums[1];
        sums[count + 1] = sums[count];
    }

    private void blendOneByOne(RowInput frames, int count, short[] sums) {
        for (int i = 0; i < count; i++) {
            int sum = 0;
            for (int frame = 0; frame < frames.count; frame++) {
                sum += frames.weight[frame] * samples.get(frames.data[frame], frames.offset[frame], i);
            }
            sums[1 + i] = (short) sum;
        }
    }

    /** Blends whole vectors, in a loop without exceptions. */
    private void blend(RowInput frames, int from, int to, short[] sums) {
        if (samples.areBytes()) {
            blendBytes(frames, from, to, sums);
        } else {
            blendShorts(frames, from, to, sums);
        }
    }

    private static void blendBytes(RowInput frames, int from, int to, short[] sums) {
        MemorySegment first = frames.data[0];
        MemorySegment second = frames.data[frames.count - 1];
        long firstOffset = frames.offset[0];
        long secondOffset = frames.offset[frames.count - 1];
        short firstWeight = (short) frames.weight[0];
        short secondWeight = (short) (frames.count == 1 ? 0 : frames.weight[1]);
        for (int i = from; i <= to - SHORTS.length(); i += SHORTS.length()) {
            ShortVector a =
                    (ShortVector) ByteVector.fromMemorySegment(HALF_BYTES, first, firstOffset + i, LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            ShortVector b =
                    (ShortVector) ByteVector.fromMemorySegment(HALF_BYTES, second, secondOffset + i, LITTLE_ENDIAN)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            a.mul(firstWeight).add(b.mul(secondWeight)).intoArray(sums, 1 + i);
        }
    }

    private static void blendShorts(RowInput frames, int from, int to, short[] sums) {
        MemorySegment first = frames.data[0];
        MemorySegment second = frames.data[frames.count - 1];
        long firstOffset = frames.offset[0];
        long secondOffset = frames.offset[frames.count - 1];
        short firstWeight = (short) frames.weight[0];
        short secondWeight = (short) (frames.count == 1 ? 0 : frames.weight[1]);
        for (int i = from; i <= to - SHORTS.length(); i += SHORTS.length()) {
            ShortVector a = ShortVector.fromMemorySegment(SHORTS, first, firstOffset + 2L * i, LITTLE_ENDIAN);
            ShortVector b = ShortVector.fromMemorySegment(SHORTS, second, secondOffset + 2L * i, LITTLE_ENDIAN);
            a.mul(firstWeight).add(b.mul(secondWeight)).intoArray(sums, 1 + i);
        }
    }
}
