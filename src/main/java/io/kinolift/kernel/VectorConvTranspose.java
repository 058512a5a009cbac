package io.kinolift.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * The loops of {@link ScalarConvTranspose} in lanes: one lane is one output column. A tile keeps 12 vectors of
 * sums in registers, 6 sums x 2 vectors of columns or 4 x 3, so that what is loaded serves all sums and a weight all
 * columns; 12 chains hide the latency of the sum and fit CPUs with 16 registers. Whole steps are computed, beyond the
 * last column too. Vector API methods are called directly in the loops: helpers may stop
 * being inlined, and vectors would go to the heap.
 */
final class VectorConvTranspose implements ConvTransposeKernel {
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    /** One byte per lane; the smallest species has 8 bytes, of which 128-bit floats use half. */
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, VectorWidth.BITS / 4)));
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, VectorWidth.BITS / 2)));
    private static final int LANES = FLOATS.length();

    @Override
    public int slack() {
        return 3 * LANES;
    }

    @Override
    public void widen(MemorySegment data, long offset, int step, int count, float[] row, int at) {
        int i = 0;
        if (step == 1) {
            for (; i <= count - BYTES.length(); i += LANES) {
                ByteVector.fromMemorySegment(BYTES, data, offset + i, LITTLE_ENDIAN)
                        .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
                        .convertShape(VectorOperators.I2F, FLOATS, 0)
                        .reinterpretAsFloats()
                        .intoArray(row, at + i);
            }
        }
        for (; i < count; i++) {
            row[at + i] = ScalarInterpolation.sample(data, offset + (long) i * step);
        }
    }

    @Override
    public void accumulate(
            ConvTransposeTable table, int[] positions, float[] rows, int from, int count, float[] sums, int at,
            int stride) {
        int first = at;
        for (int tile = 0; tile < table.tileSize.length; tile++) {
            int size = table.tileSize[tile];
            float[] weight = table.weight[tile];
            float[] bias = table.bias[tile];
            if (size == ConvTransposeTable.LARGE_TILE) {
                for (int q = 0; q < count; q += 2 * LANES) {
                    tile6(weight, bias, positions, table.terms, rows, from + q, sums, first + q, stride);
                }
            } else {
                for (int q = 0; q < count; q += 3 * LANES) {
                    tile4(weight, bias, positions, table.terms, rows, from + q, sums, first + q, stride);
                }
            }
            first += size * stride;
        }
    }

    private static void tile4(
            float[] weight, float[] bias, int[] positions, int terms, float[] rows, int from, float[] sums, int at,
            int stride) {
        FloatVector a0 = FloatVector.broadcast(FLOATS, bias[0]);
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        FloatVector a1 = FloatVector.broadcast(FLOATS, bias[1]);
        FloatVector b1 = a1;
        FloatVector c1 = a1;
        FloatVector a2 = FloatVector.broadcast(FLOATS, bias[2]);
        FloatVector b2 = a2;
        FloatVector c2 = a2;
        FloatVector a3 = FloatVector.broadcast(FLOATS, bias[3]);
        FloatVector b3 = a3;
        FloatVector c3 = a3;
        int w = 0;
        for (int term = 0; term < terms; term++) {
            int p = positions[term] + from;
            FloatVector xa = FloatVector.fromArray(FLOATS, rows, p);
            FloatVector xb = FloatVector.fromArray(FLOATS, rows, p + LANES);
            FloatVector xc = FloatVector.fromArray(FLOATS, rows, p + 2 * LANES);
            FloatVector w0 = FloatVector.broadcast(FLOATS, weight[w]);
            a0 = xa.fma(w0, a0);
            b0 = xb.fma(w0, b0);
            c0 = xc.fma(w0, c0);
            FloatVector w1 = FloatVector.broadcast(FLOATS, weight[w + 1]);
            a1 = xa.fma(w1, a1);
            b1 = xb.fma(w1, b1);
            c1 = xc.fma(w1, c1);
            FloatVector w2 = FloatVector.broadcast(FLOATS, weight[w + 2]);
            a2 = xa.fma(w2, a2);
            b2 = xb.fma(w2, b2);
            c2 = xc.fma(w2, c2);
            FloatVector w3 = FloatVector.broadcast(FLOATS, weight[w + 3]);
            a3 = xa.fma(w3, a3);
            b3 = xb.fma(w3, b3);
            c3 = xc.fma(w3, c3);
            w += 4;
        }
        a0.intoArray(sums, at);
        b0.intoArray(sums, at + LANES);
        c0.intoArray(sums, at + 2 * LANES);
        a1.intoArray(sums, at + stride);
        b1.intoArray(sums, at + stride + LANES);
        c1.intoArray(sums, at + stride + 2 * LANES);
        a2.intoArray(sums, at + 2 * stride);
        b2.intoArray(sums, at + 2 * stride + LANES);
        c2.intoArray(sums, at + 2 * stride + 2 * LANES);
        a3.intoArray(sums, at + 3 * stride);
        b3.intoArray(sums, at + 3 * stride + LANES);
        c3.intoArray(sums, at + 3 * stride + 2 * LANES);
    }

    private static void tile6(
            float[] weight, float[] bias, int[] positions, int terms, float[] rows, int from, float[] sums, int at,
            int stride) {
        FloatVector a0 = FloatVector.broadcast(FLOATS, bias[0]);
        FloatVector b0 = a0;
        FloatVector a1 = FloatVector.broadcast(FLOATS, bias[1]);
        FloatVector b1 = a1;
        FloatVector a2 = FloatVector.broadcast(FLOATS, bias[2]);
        FloatVector b2 = a2;
        FloatVector a3 = FloatVector.broadcast(FLOATS, bias[3]);
        FloatVector b3 = a3;
        FloatVector a4 = FloatVector.broadcast(FLOATS, bias[4]);
        FloatVector b4 = a4;
        FloatVector a5 = FloatVector.broadcast(FLOATS, bias[5]);
        FloatVector b5 = a5;
        int w = 0;
        for (int term = 0; term < terms; term++) {
            int p = positions[term] + from;
            FloatVector xa = FloatVector.fromArray(FLOATS, rows, p);
            FloatVector xb = FloatVector.fromArray(FLOATS, rows, p + LANES);
            FloatVector w0 = FloatVector.broadcast(FLOATS, weight[w]);
            a0 = xa.fma(w0, a0);
            b0 = xb.fma(w0, b0);
            FloatVector w1 = FloatVector.broadcast(FLOATS, weight[w + 1]);
            a1 = xa.fma(w1, a1);
            b1 = xb.fma(w1, b1);
            FloatVector w2 = FloatVector.broadcast(FLOATS, weight[w + 2]);
            a2 = xa.fma(w2, a2);
            b2 = xb.fma(w2, b2);
            FloatVector w3 = FloatVector.broadcast(FLOATS, weight[w + 3]);
            a3 = xa.fma(w3, a3);
            b3 = xb.fma(w3, b3);
            FloatVector w4 = FloatVector.broadcast(FLOATS, weight[w + 4]);
            a4 = xa.fma(w4, a4);
            b4 = xb.fma(w4, b4);
            FloatVector w5 = FloatVector.broadcast(FLOATS, weight[w + 5]);
            a5 = xa.fma(w5, a5);
            b5 = xb.fma(w5, b5);
            w += 6;
        }
        a0.intoArray(sums, at);
        b0.intoArray(sums, at + LANES);
        a1.intoArray(sums, at + stride);
        b1.intoArray(sums, at + stride + LANES);
        a2.intoArray(sums, at + 2 * stride);
        b2.intoArray(sums, at + 2 * stride + LANES);
        a3.intoArray(sums, at + 3 * stride);
        b3.intoArray(sums, at + 3 * stride + LANES);
        a4.intoArray(sums, at + 4 * stride);
        b4.intoArray(sums, at + 4 * stride + LANES);
        a5.intoArray(sums, at + 5 * stride);
        b5.intoArray(sums, at + 5 * stride + LANES);
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
            // To int first: float min and max would have to carry NaN and the sign of zero.
            ((IntVector) FloatVector.fromArray(FLOATS, sums, at + q).add(0.5f)
                    .convertShape(VectorOperators.F2I, INTS, 0)).max(0).min(255)
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
            IntVector low = ((IntVector) FloatVector.fromArray(FLOATS, sums, even + q).add(0.5f)
                    .convertShape(VectorOperators.F2I, INTS, 0)).max(0).min(255);
            IntVector high = ((IntVector) FloatVector.fromArray(FLOATS, sums, odd + q).add(0.5f)
                    .convertShape(VectorOperators.F2I, INTS, 0)).max(0).min(255);
            low.or(high.lanewise(VectorOperators.LSHL, 8))
                    .convertShape(VectorOperators.I2S, SHORTS, 0)
                    .reinterpretAsBytes()
                    .intoArray(line, lineAt + 2 * q);
        }
        ScalarConvTranspose.round(sums, even, q, count, line, lineAt, 2);
        ScalarConvTranspose.round(sums, odd, q, count, line, lineAt + 1, 2);
    }

    @Override
    public void join(float[] sums, int at, int stride, int phases, int count, float[] line, int lineAt) {
        if (phases == 1) {
            System.arraycopy(sums, at, line, lineAt, count);
            return;
        }
        for (int r = 0; r < phases; r++) {
            for (int q = 0; q < count; q++) {
                line[lineAt + q * phases + r] = sums[at + r * stride + q];
            }
        }
    }
}
