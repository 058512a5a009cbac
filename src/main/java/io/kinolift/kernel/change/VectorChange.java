package io.kinolift.kernel.change;

import io.kinolift.kernel.sample.SampleType;
import io.kinolift.kernel.vector.VectorWidth;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The loop of {@link ScalarChange} in lanes of 16 bits: one lane per column. */
public final class VectorChange implements ChangeKernel {
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(VectorWidth.BITS));
    /** The same number of lanes, of bytes. */
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(VectorWidth.BITS / 2));

    private static final int LANES = SHORTS.length();
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    @Override
    public void add(SampleType samples, MemorySegment a, long atA, MemorySegment b, long atB, int count, short[] sums) {
        int whole = count - count % LANES;
        if (samples.areBytes()) {
            addBytes(a, atA, b, atB, whole, sums);
        } else {
            addShorts(samples, a, atA, b, atB, whole, sums);
        }
        ScalarChange.add(samples, a, atA, b, atB, whole, count, sums);
    }

    private static void addBytes(MemorySegment a, long atA, MemorySegment b, long atB, int count, short[] sums) {
        for (int x = 0; x < count; x += LANES) {
            ShortVector first = (ShortVector) ByteVector.fromMemorySegment(BYTES, a, atA + x, ORDER)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            ShortVector second = (ShortVector) ByteVector.fromMemorySegment(BYTES, b, atB + x, ORDER)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            ShortVector.fromArray(SHORTS, sums, x).add(first.sub(second).abs()).intoArray(sums, x);
        }
    }

    /** Samples in the upper bits of their shorts are unsigned. */
    private static void addShorts(
            SampleType samples, MemorySegment a, long atA, MemorySegment b, long atB, int count, short[] sums) {
        int finer = ChangeKernel.finerBits(samples) + samples.shift();
        for (int x = 0; x < count; x += LANES) {
            ShortVector first = ShortVector.fromMemorySegment(SHORTS, a, atA + (long) Short.BYTES * x, ORDER);
            ShortVector second = ShortVector.fromMemorySegment(SHORTS, b, atB + (long) Short.BYTES * x, ORDER);
            ShortVector difference =
                    first.lanewise(VectorOperators.UMAX, second).sub(first.lanewise(VectorOperators.UMIN, second));
            ShortVector.fromArray(SHORTS, sums, x)
                    .add(difference.lanewise(VectorOperators.LSHR, finer))
                    .intoArray(sums, x);
        }
    }
}
