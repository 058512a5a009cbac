package io.kinolift.kernel.convolve;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.kinolift.kernel.sample.SampleType;
import io.kinolift.kernel.vector.VectorWidth;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Converts shorts to float and back for {@link VectorConvTranspose}. */
final class ShortVectorRows {
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(VectorWidth.BITS / 2));
    private static final int LANES = FLOATS.length();

    private ShortVectorRows() {}

    /**
     * Converts samples to floats.
     *
     * @return number of neighbouring samples converted; the rest is shorter than a vector
     */
    static int widen(int shift, MemorySegment data, long offset, int count, float[] row, int at) {
        int i = 0;
        for (; i <= count - LANES; i += LANES) {
            ShortVector.fromMemorySegment(SHORTS, data, offset + 2L * i, LITTLE_ENDIAN)
                    .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.LSHR, shift)
                    .convertShape(VectorOperators.I2F, FLOATS, 0)
                    .reinterpretAsFloats()
                    .intoArray(row, at + i);
        }
        return i;
    }

    static void roundOne(SampleType samples, float[] sums, int at, int count, short[] line, int lineAt) {
        int largest = samples.max();
        int shift = samples.shift();
        int q = 0;
        for (; q <= count - LANES; q += LANES) {
            ((IntVector) FloatVector.fromArray(FLOATS, sums, at + q)
                            .add(0.5f)
                            .convertShape(VectorOperators.F2I, INTS, 0))
                    .max(0)
                    .min(largest)
                    .lanewise(VectorOperators.LSHL, shift)
                    .convertShape(VectorOperators.I2S, SHORTS, 0)
                    .reinterpretAsShorts()
                    .intoArray(line, lineAt + q);
        }
        ScalarConvTranspose.round(samples, sums, at, q, count, line, lineAt, 1);
    }

    /** Columns 2q and 2q + 1 are joined as low and high half of one lane, so nothing is shuffled. */
    static void roundTwo(SampleType samples, float[] sums, int even, int odd, int count, short[] line, int lineAt) {
        int largest = samples.max();
        int shift = samples.shift();
        int q = 0;
        for (; q <= count - LANES; q += LANES) {
            IntVector low = ((IntVector) FloatVector.fromArray(FLOATS, sums, even + q)
                            .add(0.5f)
                            .convertShape(VectorOperators.F2I, INTS, 0))
                    .max(0)
                    .min(largest);
            IntVector high = ((IntVector) FloatVector.fromArray(FLOATS, sums, odd + q)
                            .add(0.5f)
                            .convertShape(VectorOperators.F2I, INTS, 0))
                    .max(0)
                    .min(largest);
            low.or(high.lanewise(VectorOperators.LSHL, Short.SIZE))
                    .lanewise(VectorOperators.LSHL, shift)
                    .reinterpretAsShorts()
                    .intoArray(line, lineAt + 2 * q);
        }
        ScalarConvTranspose.round(samples, sums, even, q, count, line, lineAt, 2);
        ScalarConvTranspose.round(samples, sums, odd, q, count, line, lineAt + 1, 2);
    }
}
