package io.kinolift.kernel.convolve;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.kinolift.kernel.interpolate.HighDepthScalarInterpolation;
import io.kinolift.kernel.vector.VectorWidth;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** What {@link VectorConvTranspose} does with high-depth samples: their way into float, and back. */
final class HighDepthVectorRows {
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(VectorWidth.BITS / 2));
    private static final int LANES = FLOATS.length();

    private HighDepthVectorRows() {}

    static void widen(MemorySegment data, long offset, int count, float[] row, int at) {
        int i = 0;
        for (; i <= count - LANES; i += LANES) {
            ShortVector.fromMemorySegment(SHORTS, data, offset + 2L * i, LITTLE_ENDIAN)
                    .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0)
                    .convertShape(VectorOperators.I2F, FLOATS, 0)
                    .reinterpretAsFloats()
                    .intoArray(row, at + i);
        }
        for (; i < count; i++) {
            row[at + i] = HighDepthScalarInterpolation.sample(data, offset, i);
        }
    }

    static void roundOne(float[] sums, int at, int count, short[] line, int lineAt) {
        int q = 0;
        for (; q <= count - LANES; q += LANES) {
            ((IntVector) FloatVector.fromArray(FLOATS, sums, at + q)
                            .add(0.5f)
                            .convertShape(VectorOperators.F2I, INTS, 0))
                    .max(0)
                    .min(HighDepthScalarInterpolation.MAX_SAMPLE)
                    .convertShape(VectorOperators.I2S, SHORTS, 0)
                    .reinterpretAsShorts()
                    .intoArray(line, lineAt + q);
        }
        ScalarConvTranspose.round(sums, at, q, count, line, lineAt, 1);
    }

    /** Columns 2q and 2q + 1 are joined as low and high half of one lane, so nothing is shuffled. */
    static void roundTwo(float[] sums, int even, int odd, int count, short[] line, int lineAt) {
        int q = 0;
        for (; q <= count - LANES; q += LANES) {
            IntVector low = ((IntVector) FloatVector.fromArray(FLOATS, sums, even + q)
                            .add(0.5f)
                            .convertShape(VectorOperators.F2I, INTS, 0))
                    .max(0)
                    .min(HighDepthScalarInterpolation.MAX_SAMPLE);
            IntVector high = ((IntVector) FloatVector.fromArray(FLOATS, sums, odd + q)
                            .add(0.5f)
                            .convertShape(VectorOperators.F2I, INTS, 0))
                    .max(0)
                    .min(HighDepthScalarInterpolation.MAX_SAMPLE);
            low.or(high.lanewise(VectorOperators.LSHL, Short.SIZE))
                    .reinterpretAsShorts()
                    .intoArray(line, lineAt + 2 * q);
        }
        ScalarConvTranspose.round(sums, even, q, count, line, lineAt, 2);
        ScalarConvTranspose.round(sums, odd, q, count, line, lineAt + 1, 2);
    }
}
