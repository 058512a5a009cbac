package io.kinolift.kernel.colour;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.kinolift.kernel.vector.VectorWidth;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Splits and joins interleaved triples of bytes, such as RGB, 16 at a time. Either side has three vectors of bytes, and
 * each vector of one side is made from all three of the other by two blends and one shuffle. Vectors have 128 bits on
 * every machine: wider byte shuffles cross lanes, which AVX2 does not have.
 */
final class VectorTriples {
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
    private static final int LANES = BYTES.length();
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Float> FLOATS = INTS.withLanes(float.class);

    // Component c of triple x is packed byte 3 * x + c, and 16 is 1 more than a multiple of 3. So the bytes of a
    // component never share a lane, whichever of the three packed vectors v they are in: they lie in the lanes whose
    // number is c - v modulo 3. These are separate constants, because an array of them would not be folded.
    private static final VectorMask<Byte> EVERY_THIRD_0 = everyThird(0);
    private static final VectorMask<Byte> EVERY_THIRD_1 = everyThird(1);
    private static final VectorMask<Byte> EVERY_THIRD_2 = everyThird(2);
    private static final VectorShuffle<Byte> APART_0 = apart(0);
    private static final VectorShuffle<Byte> APART_1 = apart(1);
    private static final VectorShuffle<Byte> APART_2 = apart(2);
    private static final VectorShuffle<Byte> TOGETHER_0 = together(0);
    private static final VectorShuffle<Byte> TOGETHER_1 = together(1);
    private static final VectorShuffle<Byte> TOGETHER_2 = together(2);

    private VectorTriples() {}

    /**
     * Splits interleaved triples into rows.
     *
     * @return number of triples split; the rest is shorter than a vector
     */
    static int split(MemorySegment data, long offset, int count, float[] rows, int first, int second, int third) {
        int x = 0;
        for (; x <= count - LANES; x += LANES) {
            long at = offset + 3L * x;
            ByteVector a = ByteVector.fromMemorySegment(BYTES, data, at, LITTLE_ENDIAN);
            ByteVector b = ByteVector.fromMemorySegment(BYTES, data, at + LANES, LITTLE_ENDIAN);
            ByteVector c = ByteVector.fromMemorySegment(BYTES, data, at + 2L * LANES, LITTLE_ENDIAN);
            widen(a.blend(b, EVERY_THIRD_2).blend(c, EVERY_THIRD_1).rearrange(APART_0), rows, first + x);
            widen(a.blend(b, EVERY_THIRD_0).blend(c, EVERY_THIRD_2).rearrange(APART_1), rows, second + x);
            widen(a.blend(b, EVERY_THIRD_1).blend(c, EVERY_THIRD_0).rearrange(APART_2), rows, third + x);
        }
        return x;
    }

    /** Widens to the same number of floats: one vector, two or four. */
    private static void widen(ByteVector bytes, float[] row, int at) {
        floats(bytes, 0).intoArray(row, at);
        if (FLOATS.length() < LANES) {
            floats(bytes, 1).intoArray(row, at + FLOATS.length());
        }
        if (2 * FLOATS.length() < LANES) {
            floats(bytes, 2).intoArray(row, at + 2 * FLOATS.length());
            floats(bytes, 3).intoArray(row, at + 3 * FLOATS.length());
        }
    }

    private static FloatVector floats(ByteVector bytes, int part) {
        return bytes.convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, part)
                .convertShape(VectorOperators.I2F, FLOATS, 0)
                .reinterpretAsFloats();
    }

    /**
     * Merges rows into interleaved triples.
     *
     * @return number of triples joined; the rest is shorter than a vector
     */
    static int merge(byte[][] lines, int from, int count, MemorySegment data, long offset) {
        byte[] first = lines[0];
        byte[] second = lines[1];
        byte[] third = lines[2];
        int x = 0;
        for (; x <= count - LANES; x += LANES) {
            long at = offset + 3L * x;
            ByteVector a = ByteVector.fromArray(BYTES, first, from + x).rearrange(TOGETHER_0);
            ByteVector b = ByteVector.fromArray(BYTES, second, from + x).rearrange(TOGETHER_1);
            ByteVector c = ByteVector.fromArray(BYTES, third, from + x).rearrange(TOGETHER_2);
            a.blend(b, EVERY_THIRD_1).blend(c, EVERY_THIRD_2).intoMemorySegment(data, at, LITTLE_ENDIAN);
            a.blend(b, EVERY_THIRD_0).blend(c, EVERY_THIRD_1).intoMemorySegment(data, at + LANES, LITTLE_ENDIAN);
            a.blend(b, EVERY_THIRD_2).blend(c, EVERY_THIRD_0).intoMemorySegment(data, at + 2L * LANES, LITTLE_ENDIAN);
        }
        return x;
    }

    private static VectorMask<Byte> everyThird(int first) {
        boolean[] lanes = new boolean[LANES];
        for (int lane = first; lane < LANES; lane += 3) {
            lanes[lane] = true;
        }
        return VectorMask.fromValues(BYTES, lanes);
    }

    /** Moves gathered lanes into the order of the triples. */
    private static VectorShuffle<Byte> apart(int component) {
        return VectorShuffle.fromOp(BYTES, x -> (3 * x + component) % LANES);
    }

    /** Moves triples in order into the lanes that they have in their packed vectors. */
    private static VectorShuffle<Byte> together(int component) {
        int[] triples = new int[LANES];
        for (int x = 0; x < LANES; x++) {
            triples[(3 * x + component) % LANES] = x;
        }
        return VectorShuffle.fromArray(BYTES, triples, 0);
    }
}
