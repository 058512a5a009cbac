package io.kinolift.kernel.convolve;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.kinolift.kernel.colour.RgbKernel;
import io.kinolift.kernel.colour.VectorRgb;
import io.kinolift.kernel.sample.SampleType;
import io.kinolift.kernel.vector.Interleave;
import io.kinolift.kernel.vector.VectorWidth;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link ScalarConvTranspose} in lanes: one lane is one output column. All steps are whole, also beyond
 * the last column. The loops call Vector API methods directly: helpers may stop being inlined, and vectors would go to
 * the heap.
 */
public final class VectorConvTranspose implements ConvTransposeKernel {
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    /** One byte per lane; the smallest species has 8 bytes, and 128-bit floats use half of it. */
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, VectorWidth.BITS / 4)));

    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, VectorWidth.BITS / 2)));
    private static final int LANES = FLOATS.length();
    /** CPUs with vectors of 512 bits have 32 vector registers; others may have only 16. */
    private static final boolean WIDE = VectorWidth.BITS == 512;

    @Override
    public int slack() {
        return 10 * LANES;
    }

    @Override
    public int chunk() {
        return WIDE ? 320 : 240;
    }

    @Override
    public int largestTile() {
        return WIDE ? ConvTransposeTable.SIX : ConvTransposeTable.TRIPLE;
    }

    @Override
    public void widen(SampleType samples, MemorySegment data, long offset, int step, int count, float[] row, int at) {
        int i = 0;
        if (step == 1 && !samples.areBytes()) {
            i = ShortVectorRows.widen(samples.shift(), data, offset, count, row, at);
        } else if (step == 1) {
            for (; i <= count - BYTES.length(); i += LANES) {
                ByteVector.fromMemorySegment(BYTES, data, offset + i, LITTLE_ENDIAN)
                        .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
                        .convertShape(VectorOperators.I2F, FLOATS, 0)
                        .reinterpretAsFloats()
                        .intoArray(row, at + i);
            }
        }
        ScalarConvTranspose.widen(samples, data, offset, step, i, count, row, at);
    }

    @Override
    public void accumulate(
            ConvTransposeTable table,
            int[] positions,
            float[] rows,
            int from,
            int count,
            float[] sums,
            int at,
            int stride) {
        int first = at;
        for (ConvTransposeTable.Tile tile : table.tiles) {
            switch (tile.size()) {
                case ConvTransposeTable.SIX -> {
                    for (int q = 0; q < count; q += 4 * LANES) {
                        VectorWideTiles.six(tile, positions, rows, from + q, sums, first + q, stride);
                    }
                }
                case ConvTransposeTable.QUAD -> {
                    for (int q = 0; q < count; q += 5 * LANES) {
                        VectorWideTiles.quad(tile, positions, rows, from + q, sums, first + q, stride);
                    }
                }
                case ConvTransposeTable.TRIPLE -> triples(tile, positions, rows, from, count, sums, first, stride);
                case ConvTransposeTable.PAIR -> {
                    for (int q = 0; q < count; q += 5 * LANES) {
                        VectorTiles.pair(tile, positions, rows, from + q, sums, first + q, stride);
                    }
                }
                default -> {
                    for (int q = 0; q < count; q += 10 * LANES) {
                        VectorTiles.single(tile, positions, rows, from + q, sums, first + q);
                    }
                }
            }
            first += tile.size() * stride;
        }
    }

    private static void triples(
            ConvTransposeTable.Tile tile,
            int[] positions,
            float[] rows,
            int from,
            int count,
            float[] sums,
            int at,
            int stride) {
        if (WIDE) {
            for (int q = 0; q < count; q += 5 * LANES) {
                VectorWideTiles.triple(tile, positions, rows, from + q, sums, at + q, stride);
            }
        } else {
            for (int q = 0; q < count; q += 3 * LANES) {
                VectorTiles.triple(tile, positions, rows, from + q, sums, at + q, stride);
            }
        }
    }

    @Override
    public void round(float[] sums, int at, int stride, int phases, int count, byte[] line, int lineAt) {
        if (phases == 1) {
            roundOne(sums, at, count, line, lineAt);
        } else if (phases == 2) {
            roundTwo(sums, at, at + stride, count, line, lineAt);
        } else {
            for (int r = 0; r < phases; r++) {
                ScalarConvTranspose.round(sums, at + r * stride, 0, count, line, lineAt + r, phases);
            }
        }
    }

    private static void roundOne(float[] sums, int at, int count, byte[] line, int lineAt) {
        int q = 0;
        for (; q <= count - BYTES.length(); q += LANES) {
            // Converts to int first: float min and max would have to carry NaN and the sign of zero.
            ((IntVector) FloatVector.fromArray(FLOATS, sums, at + q)
                            .add(0.5f)
                            .convertShape(VectorOperators.F2I, INTS, 0))
                    .max(0)
                    .min(255)
                    .convertShape(VectorOperators.I2B, BYTES, 0)
                    .reinterpretAsBytes()
                    .intoArray(line, lineAt + q);
        }
        ScalarConvTranspose.round(sums, at, q, count, line, lineAt, 1);
    }

    /** Columns 2q and 2q + 1 are joined as low and high byte of one lane, so nothing is shuffled. */
    private static void roundTwo(float[] sums, int even, int odd, int count, byte[] line, int lineAt) {
        int q = 0;
        for (; q <= count - SHORTS.length(); q += LANES) {
            IntVector low = ((IntVector) FloatVector.fromArray(FLOATS, sums, even + q)
                            .add(0.5f)
                            .convertShape(VectorOperators.F2I, INTS, 0))
                    .max(0)
                    .min(255);
            IntVector high = ((IntVector) FloatVector.fromArray(FLOATS, sums, odd + q)
                            .add(0.5f)
                            .convertShape(VectorOperators.F2I, INTS, 0))
                    .max(0)
                    .min(255);
            low.or(high.lanewise(VectorOperators.LSHL, 8))
                    .convertShape(VectorOperators.I2S, SHORTS, 0)
                    .reinterpretAsBytes()
                    .intoArray(line, lineAt + 2 * q);
        }
        ScalarConvTranspose.round(sums, even, q, count, line, lineAt, 2);
        ScalarConvTranspose.round(sums, odd, q, count, line, lineAt + 1, 2);
    }

    @Override
    public void round(
            SampleType samples, float[] sums, int at, int stride, int phases, int count, short[] line, int lineAt) {
        if (phases == 1) {
            ShortVectorRows.roundOne(samples, sums, at, count, line, lineAt);
        } else if (phases == 2) {
            ShortVectorRows.roundTwo(samples, sums, at, at + stride, count, line, lineAt);
        } else {
            for (int r = 0; r < phases; r++) {
                ScalarConvTranspose.round(samples, sums, at + r * stride, 0, count, line, lineAt + r, phases);
            }
        }
    }

    @Override
    public void join(float[] sums, int at, int stride, int phases, int count, float[] line, int lineAt) {
        if (phases == 1) {
            System.arraycopy(sums, at, line, lineAt, count);
        } else if (phases == 2) {
            joinTwo(sums, at, at + stride, count, line, lineAt);
        } else {
            for (int r = 0; r < phases; r++) {
                ScalarConvTranspose.join(sums, at + r * stride, 0, count, line, lineAt + r, phases);
            }
        }
    }

    private static void joinTwo(float[] sums, int even, int odd, int count, float[] line, int lineAt) {
        int q = 0;
        for (; q <= count - LANES; q += LANES) {
            FloatVector a = FloatVector.fromArray(FLOATS, sums, even + q);
            FloatVector b = FloatVector.fromArray(FLOATS, sums, odd + q);
            Interleave.join(a, b, line, lineAt + 2 * q);
        }
        ScalarConvTranspose.join(sums, even, q, count, line, lineAt, 2);
        ScalarConvTranspose.join(sums, odd, q, count, line, lineAt + 1, 2);
    }

    @Override
    public RgbKernel rgb() {
        return new VectorRgb();
    }
}
