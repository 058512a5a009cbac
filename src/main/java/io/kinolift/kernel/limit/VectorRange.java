package io.kinolift.kernel.limit;

import io.kinolift.kernel.vector.VectorWidth;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link ScalarRange} in lanes of 16 bits. */
public final class VectorRange implements RangeKernel {
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(VectorWidth.BITS));
    /** The same number of lanes, of bytes. */
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(VectorWidth.BITS / 2));

    private static final int LANES = SHORTS.length();
    private static final short BYTE = 0xFF;
    private static final int MAX_UNSIGNED = 0xFFFF;

    private final RangeKernel scalar = new ScalarRange();

    @Override
    public void widen(byte[] bytes, short[] samples, int at, int count) {
        for (int x = 0; x < count; x += LANES) {
            ((ShortVector) ByteVector.fromArray(BYTES, bytes, x)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
                    .intoArray(samples, at + x);
        }
    }

    @Override
    public void split(short[] pairs, short[] left, short[] right, int count) {
        for (int x = 0; x < count; x += LANES) {
            ShortVector pair = ShortVector.fromArray(SHORTS, pairs, x);
            pair.and(BYTE).intoArray(left, x);
            pair.lanewise(VectorOperators.LSHR, Byte.SIZE).intoArray(right, x);
        }
    }

    @Override
    public void add(
            short[] above,
            short[] row,
            short[] below,
            short[] low,
            short[] high,
            short[] peak,
            short[] pit,
            int count) {
        for (int x = 0; x < count; x += LANES) {
            ShortVector up = ShortVector.fromArray(SHORTS, above, x + 1);
            ShortVector down = ShortVector.fromArray(SHORTS, below, x + 1);
            ShortVector left = ShortVector.fromArray(SHORTS, row, x);
            ShortVector here = ShortVector.fromArray(SHORTS, row, x + 1);
            ShortVector right = ShortVector.fromArray(SHORTS, row, x + 2);
            ShortVector least = up.min(down);
            ShortVector most = up.max(down);
            ShortVector.fromArray(SHORTS, peak, x)
                    .max(here.sub(most.min(left.max(right))))
                    .intoArray(peak, x);
            ShortVector.fromArray(SHORTS, pit, x)
                    .max(least.max(left.min(right)).sub(here))
                    .intoArray(pit, x);
            ShortVector topLeft = ShortVector.fromArray(SHORTS, above, x);
            ShortVector topRight = ShortVector.fromArray(SHORTS, above, x + 2);
            ShortVector bottomLeft = ShortVector.fromArray(SHORTS, below, x);
            ShortVector bottomRight = ShortVector.fromArray(SHORTS, below, x + 2);
            ShortVector.fromArray(SHORTS, low, x)
                    .min(here)
                    .min(least)
                    .min(left.min(right))
                    .min(topLeft.min(topRight))
                    .min(bottomLeft.min(bottomRight))
                    .intoArray(low, x);
            ShortVector.fromArray(SHORTS, high, x)
                    .max(here)
                    .max(most)
                    .max(left.max(right))
                    .max(topLeft.max(topRight))
                    .max(bottomLeft.max(bottomRight))
                    .intoArray(high, x);
        }
    }

    @Override
    public void widenRange(short[] low, short[] high, short[] peak, short[] pit, int room, int largest, int count) {
        if (largest * room + RangeLimit.UNIT / 2 > MAX_UNSIGNED) {
            scalar.widenRange(low, high, peak, pit, room, largest, count);
            return;
        }
        for (int x = 0; x < count; x += LANES) {
            ShortVector least = ShortVector.fromArray(SHORTS, low, x);
            ShortVector most = ShortVector.fromArray(SHORTS, high, x);
            // Shifts treat the products as unsigned, and they are unsigned.
            ShortVector more = most.sub(least)
                    .mul((short) room)
                    .add((short) (RangeLimit.UNIT / 2))
                    .lanewise(VectorOperators.LSHR, 8);
            ShortVector down =
                    ShortVector.fromArray(SHORTS, pit, x).mul((short) 3).lanewise(VectorOperators.LSHR, 3);
            ShortVector up =
                    ShortVector.fromArray(SHORTS, peak, x).mul((short) 3).lanewise(VectorOperators.LSHR, 3);
            least.sub(more).sub(down).max((short) 0).intoArray(low, x);
            most.add(more).add(up).min((short) largest).intoArray(high, x);
        }
    }

    @Override
    public void touch(short[] output, short[] low, short[] high, short[] touched, int count) {
        for (int x = 0; x < count; x += LANES) {
            ShortVector made = ShortVector.fromArray(SHORTS, output, x);
            ShortVector held =
                    made.min(ShortVector.fromArray(SHORTS, high, x)).max(ShortVector.fromArray(SHORTS, low, x));
            ShortVector.fromArray(SHORTS, touched, x)
                    .or(made.lanewise(VectorOperators.XOR, held))
                    .intoArray(touched, x);
        }
    }
}
