package io.kinolift.kernel.convolve;

import io.kinolift.kernel.vector.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums of a tile for some columns. All sums stay in registers: 9 or 10 vectors are enough chains to hide the
 * latency of a multiply-add (4 cycles, two at a time), and leave room for loaded values on a CPU with 16 registers.
 * With 12 vectors of sums C2 spills, and a third of the speed is lost. It also spills when the loop has branches, so
 * each size of tile has its own method.
 */
final class VectorTiles {
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final int LANES = FLOATS.length();

    private VectorTiles() {}

    /** Three sums, 3 vectors of columns each. */
    static void triple(
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

    /** Two sums, 5 vectors of columns each. */
    static void pair(
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

    /** One sum, 10 vectors of columns. */
    static void single(ConvTransposeTable.Tile tile, int[] positions, float[] rows, int from, float[] sums, int at) {
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
}
