package io.kinolift.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * Interleaved triples of bytes, such as RGB, 16 at a time: three vectors on either side, each of one side made of all
 * three of the other by one shuffle each. Of 128 bits on every machine: wider byte shuffles cross lanes, which AVX2
 * does not have.
 */
final class VectorTriples {
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
    private static final int LANES = BYTES.length();

    // Component c of triple x is packed byte 3 * x + c. Constants of their own, for an array of them would not be folded.
    private static final VectorShuffle<Byte> APART_0 = apart(0);
    private static final VectorShuffle<Byte> APART_1 = apart(1);
    private static final VectorShuffle<Byte> APART_2 = apart(2);
    private static final VectorMask<Byte> APART_0_OF_1 = apartOf(0, 1);
    private static final VectorMask<Byte> APART_0_OF_2 = apartOf(0, 2);
    private static final VectorMask<Byte> APART_1_OF_1 = apartOf(1, 1);
    private static final VectorMask<Byte> APART_1_OF_2 = apartOf(1, 2);
    private static final VectorMask<Byte> APART_2_OF_1 = apartOf(2, 1);
    private static final VectorMask<Byte> APART_2_OF_2 = apartOf(2, 2);
    private static final VectorShuffle<Byte> TOGETHER_0 = together(0);
    private static final VectorShuffle<Byte> TOGETHER_1 = together(1);
    private static final VectorShuffle<Byte> TOGETHER_2 = together(2);
    private static final VectorMask<Byte> TOGETHER_0_OF_1 = togetherOf(0, 1);
    private static final VectorMask<Byte> TOGETHER_0_OF_2 = togetherOf(0, 2);
    private static final VectorMask<Byte> TOGETHER_1_OF_1 = togetherOf(1, 1);
    private static final VectorMask<Byte> TOGETHER_1_OF_2 = togetherOf(1, 2);
    private static final VectorMask<Byte> TOGETHER_2_OF_1 = togetherOf(2, 1);
    private static final VectorMask<Byte> TOGETHER_2_OF_2 = togetherOf(2, 2);

    private VectorTriples() {}

    /** @return how many triples were taken apart; the rest is shorter than a vector */
    static int split(MemorySegment data, long offset, int count, byte[][] lines) {
        byte[] first = lines[0];
        byte[] second = lines[1];
        byte[] third = lines[2];
        int x = 0;
        for (; x <= count - LANES; x += LANES) {
            long at = offset + 3L * x;
            ByteVector a = ByteVector.fromMemorySegment(BYTES, data, at, LITTLE_ENDIAN);
            ByteVector b = ByteVector.fromMemorySegment(BYTES, data, at + LANES, LITTLE_ENDIAN);
            ByteVector c = ByteVector.fromMemorySegment(BYTES, data, at + 2L * LANES, LITTLE_ENDIAN);
            a.rearrange(APART_0).blend(b.rearrange(APART_0), APART_0_OF_1).blend(c.rearrange(APART_0), APART_0_OF_2)
                    .intoArray(first, x);
            a.rearrange(APART_1).blend(b.rearrange(APART_1), APART_1_OF_1).blend(c.rearrange(APART_1), APART_1_OF_2)
                    .intoArray(second, x);
            a.rearrange(APART_2).blend(b.rearrange(APART_2), APART_2_OF_1).blend(c.rearrange(APART_2), APART_2_OF_2)
                    .intoArray(third, x);
        }
        return x;
    }

    /** @return how many triples were put together */
    static int merge(byte[][] lines, int from, int count, MemorySegment data, long offset) {
        byte[] first = lines[0];
        byte[] second = lines[1];
        byte[] third = lines[2];
        int x = 0;
        for (; x <= count - LANES; x += LANES) {
            long at = offset + 3L * x;
            ByteVector a = ByteVector.fromArray(BYTES, first, from + x);
            ByteVector b = ByteVector.fromArray(BYTES, second, from + x);
            ByteVector c = ByteVector.fromArray(BYTES, third, from + x);
            a.rearrange(TOGETHER_0)
                    .blend(b.rearrange(TOGETHER_0), TOGETHER_0_OF_1)
                    .blend(c.rearrange(TOGETHER_0), TOGETHER_0_OF_2)
                    .intoMemorySegment(data, at, LITTLE_ENDIAN);
            a.rearrange(TOGETHER_1)
                    .blend(b.rearrange(TOGETHER_1), TOGETHER_1_OF_1)
                    .blend(c.rearrange(TOGETHER_1), TOGETHER_1_OF_2)
                    .intoMemorySegment(data, at + LANES, LITTLE_ENDIAN);
            a.rearrange(TOGETHER_2)
                    .blend(b.rearrange(TOGETHER_2), TOGETHER_2_OF_1)
                    .blend(c.rearrange(TOGETHER_2), TOGETHER_2_OF_2)
                    .intoMemorySegment(data, at + 2L * LANES, LITTLE_ENDIAN);
        }
        return x;
    }

    private static VectorShuffle<Byte> apart(int component) {
        return VectorShuffle.fromOp(BYTES, x -> (3 * x + component) % LANES);
    }

    /** Lanes of a component that lie in one of the three packed vectors. */
    private static VectorMask<Byte> apartOf(int component, int vector) {
        boolean[] lanes = new boolean[LANES];
        for (int x = 0; x < LANES; x++) {
            lanes[x] = (3 * x + component) / LANES == vector;
        }
        return VectorMask.fromValues(BYTES, lanes);
    }

    private static VectorShuffle<Byte> together(int vector) {
        return VectorShuffle.fromOp(BYTES, lane -> (vector * LANES + lane) / 3);
    }

    /** Lanes of a packed vector that hold a component. */
    private static VectorMask<Byte> togetherOf(int vector, int component) {
        boolean[] lanes = new boolean[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            lanes[lane] = (vector * LANES + lane) % 3 == component;
        }
        return VectorMask.fromValues(BYTES, lanes);
    }
}
