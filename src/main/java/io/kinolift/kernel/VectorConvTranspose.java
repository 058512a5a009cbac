package io.kinolift.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * The loops of {@link ScalarConvTranspose} in lanes: one lane is one output column. A tile keeps its
 * sums in registers: of three sums 3 vectors of columns, of two 5, of one 10. That is enough chains to hide the latency
 * of a multiply-add (4 cycles, two at a time), and leaves room for what is loaded where there are 16 registers: with 12
 * vectors of sums C2 spills, and a third of the speed is lost. Whole steps are computed, beyond the
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
    /** Lanes 0, 0, 1, 1 and so on: the lower half of a vector, each lane twice; and the upper half. */
    private static final VectorShuffle<Float> LOWER_TWICE = VectorShuffle.fromOp(FLOATS, lane -> lane / 2);
    private static final VectorShuffle<Float> UPPER_TWICE =
            VectorShuffle.fromOp(FLOATS, lane -> (LANES + lane) / 2);
    private static final VectorMask<Float> ODD = VectorMask.fromLong(FLOATS, 0xAAAA_AAAA_AAAA_AAAAL);

    @Override
    public int slack() {
        return 10 * LANES;
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
    public void widen(byte[] samples, int count, float[] row, int at) {
        int i = 0;
        for (; i <= count - BYTES.length(); i += LANES) {
            ByteVector.fromArray(BYTES, samples, i)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
                    .convertShape(VectorOperators.I2F, FLOATS, 0)
                    .reinterpretAsFloats()
                    .intoArray(row, at + i);
        }
        for (; i < count; i++) {
            row[at + i] = samples[i] & 0xFF;
        }
    }

    @Override
    public void accumulate(
            ConvTransposeTable table, int[] positions, float[] rows, int from, int count, float[] sums, int at,
            int stride) {
        int first = at;
        for (ConvTransposeTable.Tile tile : table.tiles) {
            switch (tile.size()) {
                case ConvTransposeTable.TRIPLE -> {
                    for (int q = 0; q < count; q += 3 * LANES) {
                        triple(tile, positions, rows, from + q, sums, first + q, stride);
                    }
                }
                case ConvTransposeTable.PAIR -> {
                    for (int q = 0; q < count; q += 5 * LANES) {
                        pair(tile, positions, rows, from + q, sums, first + q, stride);
                    }
                }
                default -> {
                    for (int q = 0; q < count; q += 10 * LANES) {
                        single(tile, positions, rows, from + q, sums, first + q);
                    }
                }
            }
            first += tile.size() * stride;
        }
    }

    private static void triple(
            ConvTransposeTable.Tile tile, int[] positions, float[] rows, int from, float[] sums, int at, int stride) {
        int[] terms = tile.terms();
        float[] weight = tile.weight();
        FloatVector a0 = FloatVector.broadcast(FLOATS, tile.bias()[0]);
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        FloatVector a1 = FloatVector.broadcast(FLOATS, tile.bias()[1]);
        FloatVector b1 = a1;
        FloatVector c1 = a1;
        FloatVector a2 = FloatVector.broadcast(FLOATS, tile.bias()[2]);
        FloatVector b2 = a2;
        FloatVector c2 = a2;
        for (int term = 0; term < terms.length; term++) {
            int p = positions[terms[term]] + from;
            FloatVector w0 = FloatVector.broadcast(FLOATS, weight[3 * term]);
            FloatVector w1 = FloatVector.broadcast(FLOATS, weight[3 * term + 1]);
            FloatVector w2 = FloatVector.broadcast(FLOATS, weight[3 * term + 2]);
            FloatVector xa = FloatVector.fromArray(FLOATS, rows, p);
            a0 = xa.fma(w0, a0);
            a1 = xa.fma(w1, a1);
            a2 = xa.fma(w2, a2);
            FloatVector xb = FloatVector.fromArray(FLOATS, rows, p + LANES);
            b0 = xb.fma(w0, b0);
            b1 = xb.fma(w1, b1);
            b2 = xb.fma(w2, b2);
            FloatVector xc = FloatVector.fromArray(FLOATS, rows, p + 2 * LANES);
            c0 = xc.fma(w0, c0);
            c1 = xc.fma(w1, c1);
            c2 = xc.fma(w2, c2);
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
    }

    private static void pair(
            ConvTransposeTable.Tile tile, int[] positions, float[] rows, int from, float[] sums, int at, int stride) {
        int[] terms = tile.terms();
        float[] weight = tile.weight();
        FloatVector a0 = FloatVector.broadcast(FLOATS, tile.bias()[0]);
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        FloatVector d0 = a0;
        FloatVector e0 = a0;
        FloatVector a1 = FloatVector.broadcast(FLOATS, tile.bias()[1]);
        FloatVector b1 = a1;
        FloatVector c1 = a1;
        FloatVector d1 = a1;
        FloatVector e1 = a1;
        for (int term = 0; term < terms.length; term++) {
            int p = positions[terms[term]] + from;
            FloatVector w0 = FloatVector.broadcast(FLOATS, weight[2 * term]);
            FloatVector w1 = FloatVector.broadcast(FLOATS, weight[2 * term + 1]);
            FloatVector xa = FloatVector.fromArray(FLOATS, rows, p);
            a0 = xa.fma(w0, a0);
            a1 = xa.fma(w1, a1);
            FloatVector xb = FloatVector.fromArray(FLOATS, rows, p + LANES);
            b0 = xb.fma(w0, b0);
            b1 = xb.fma(w1, b1);
            FloatVector xc = FloatVector.fromArray(FLOATS, rows, p + 2 * LANES);
            c0 = xc.fma(w0, c0);
            c1 = xc.fma(w1, c1);
            FloatVector xd = FloatVector.fromArray(FLOATS, rows, p + 3 * LANES);
            d0 = xd.fma(w0, d0);
            d1 = xd.fma(w1, d1);
            FloatVector xe = FloatVector.fromArray(FLOATS, rows, p + 4 * LANES);
            e0 = xe.fma(w0, e0);
            e1 = xe.fma(w1, e1);
        }
        a0.intoArray(sums, at);
        b0.intoArray(sums, at + LANES);
        c0.intoArray(sums, at + 2 * LANES);
        d0.intoArray(sums, at + 3 * LANES);
        e0.intoArray(sums, at + 4 * LANES);
        a1.intoArray(sums, at + stride);
        b1.intoArray(sums, at + stride + LANES);
        c1.intoArray(sums, at + stride + 2 * LANES);
        d1.intoArray(sums, at + stride + 3 * LANES);
        e1.intoArray(sums, at + stride + 4 * LANES);
    }

    private static void single(
            ConvTransposeTable.Tile tile, int[] positions, float[] rows, int from, float[] sums, int at) {
        int[] terms = tile.terms();
        float[] weight = tile.weight();
        FloatVector a = FloatVector.broadcast(FLOATS, tile.bias()[0]);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector e = a;
        FloatVector f = a;
        FloatVector g = a;
        FloatVector h = a;
        FloatVector i = a;
        FloatVector j = a;
        for (int term = 0; term < terms.length; term++) {
            int p = positions[terms[term]] + from;
            FloatVector w = FloatVector.broadcast(FLOATS, weight[term]);
            a = FloatVector.fromArray(FLOATS, rows, p).fma(w, a);
            b = FloatVector.fromArray(FLOATS, rows, p + LANES).fma(w, b);
            c = FloatVector.fromArray(FLOATS, rows, p + 2 * LANES).fma(w, c);
            d = FloatVector.fromArray(FLOATS, rows, p + 3 * LANES).fma(w, d);
            e = FloatVector.fromArray(FLOATS, rows, p + 4 * LANES).fma(w, e);
            f = FloatVector.fromArray(FLOATS, rows, p + 5 * LANES).fma(w, f);
            g = FloatVector.fromArray(FLOATS, rows, p + 6 * LANES).fma(w, g);
            h = FloatVector.fromArray(FLOATS, rows, p + 7 * LANES).fma(w, h);
            i = FloatVector.fromArray(FLOATS, rows, p + 8 * LANES).fma(w, i);
            j = FloatVector.fromArray(FLOATS, rows, p + 9 * LANES).fma(w, j);
        }
        a.intoArray(sums, at);
        b.intoArray(sums, at + LANES);
        c.intoArray(sums, at + 2 * LANES);
        d.intoArray(sums, at + 3 * LANES);
        e.intoArray(sums, at + 4 * LANES);
        f.intoArray(sums, at + 5 * LANES);
        g.intoArray(sums, at + 6 * LANES);
        h.intoArray(sums, at + 7 * LANES);
        i.intoArray(sums, at + 8 * LANES);
        j.intoArray(sums, at + 9 * LANES);
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
            join(a, b, line, lineAt + 2 * q);
        }
        ScalarConvTranspose.join(sums, even, q, count, line, lineAt, 2);
        ScalarConvTranspose.join(sums, odd, q, count, line, lineAt + 1, 2);
    }

    /** Small enough to be inlined everywhere. */
    static void join(FloatVector even, FloatVector odd, float[] line, int at) {
        even.rearrange(LOWER_TWICE).blend(odd.rearrange(LOWER_TWICE), ODD).intoArray(line, at);
        even.rearrange(UPPER_TWICE).blend(odd.rearrange(UPPER_TWICE), ODD).intoArray(line, at + LANES);
    }

    @Override
    public RgbKernel rgb() {
        return new VectorRgb();
    }
}
