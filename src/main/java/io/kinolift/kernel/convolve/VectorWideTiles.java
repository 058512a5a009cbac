package io.kinolift.kernel.convolve;

import io.kinolift.kernel.vector.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of 15 to 24 vectors of sums, for vectors of 512 bits, which always come with 32 registers. At this width nearly
 * every load of a row crosses a cache line and counts twice, so a load has to serve more sums than in {@link
 * VectorTiles}.
 */
final class VectorWideTiles {
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final int LANES = FLOATS.length();

    private VectorWideTiles() {}

    /**
     * Six sums, 4 vectors of columns each. Weights are loaded one by one: all six and the columns would be too many.
     */
    static void six(
            ConvTransposeTable.Tile tile, int[] positions, float[] rows, int from, float[] sums, int at, int stride) {
        int[] terms = tile.terms();
        float[] weight = tile.weight();
        FloatVector a0 = FloatVector.broadcast(FLOATS, tile.bias()[0]);
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        FloatVector d0 = a0;
        FloatVector a1 = FloatVector.broadcast(FLOATS, tile.bias()[1]);
        FloatVector b1 = a1;
        FloatVector c1 = a1;
        FloatVector d1 = a1;
        FloatVector a2 = FloatVector.broadcast(FLOATS, tile.bias()[2]);
        FloatVector b2 = a2;
        FloatVector c2 = a2;
        FloatVector d2 = a2;
        FloatVector a3 = FloatVector.broadcast(FLOATS, tile.bias()[3]);
        FloatVector b3 = a3;
        FloatVector c3 = a3;
        FloatVector d3 = a3;
        FloatVector a4 = FloatVector.broadcast(FLOATS, tile.bias()[4]);
        FloatVector b4 = a4;
        FloatVector c4 = a4;
        FloatVector d4 = a4;
        FloatVector a5 = FloatVector.broadcast(FLOATS, tile.bias()[5]);
        FloatVector b5 = a5;
        FloatVector c5 = a5;
        FloatVector d5 = a5;
        for (int term = 0; term < terms.length; term++) {
            int p = positions[terms[term]] + from;
            FloatVector xa = FloatVector.fromArray(FLOATS, rows, p);
            FloatVector xb = FloatVector.fromArray(FLOATS, rows, p + LANES);
            FloatVector xc = FloatVector.fromArray(FLOATS, rows, p + 2 * LANES);
            FloatVector xd = FloatVector.fromArray(FLOATS, rows, p + 3 * LANES);
            FloatVector w0 = FloatVector.broadcast(FLOATS, weight[6 * term]);
            a0 = xa.fma(w0, a0);
            b0 = xb.fma(w0, b0);
            c0 = xc.fma(w0, c0);
            d0 = xd.fma(w0, d0);
            FloatVector w1 = FloatVector.broadcast(FLOATS, weight[6 * term + 1]);
            a1 = xa.fma(w1, a1);
            b1 = xb.fma(w1, b1);
            c1 = xc.fma(w1, c1);
            d1 = xd.fma(w1, d1);
            FloatVector w2 = FloatVector.broadcast(FLOATS, weight[6 * term + 2]);
            a2 = xa.fma(w2, a2);
            b2 = xb.fma(w2, b2);
            c2 = xc.fma(w2, c2);
            d2 = xd.fma(w2, d2);
            FloatVector w3 = FloatVector.broadcast(FLOATS, weight[6 * term + 3]);
            a3 = xa.fma(w3, a3);
            b3 = xb.fma(w3, b3);
            c3 = xc.fma(w3, c3);
            d3 = xd.fma(w3, d3);
            FloatVector w4 = FloatVector.broadcast(FLOATS, weight[6 * term + 4]);
            a4 = xa.fma(w4, a4);
            b4 = xb.fma(w4, b4);
            c4 = xc.fma(w4, c4);
            d4 = xd.fma(w4, d4);
            FloatVector w5 = FloatVector.broadcast(FLOATS, weight[6 * term + 5]);
            a5 = xa.fma(w5, a5);
            b5 = xb.fma(w5, b5);
            c5 = xc.fma(w5, c5);
            d5 = xd.fma(w5, d5);
        }
        a0.intoArray(sums, at);
        b0.intoArray(sums, at + LANES);
        c0.intoArray(sums, at + 2 * LANES);
        d0.intoArray(sums, at + 3 * LANES);
        a1.intoArray(sums, at + stride);
        b1.intoArray(sums, at + stride + LANES);
        c1.intoArray(sums, at + stride + 2 * LANES);
        d1.intoArray(sums, at + stride + 3 * LANES);
        a2.intoArray(sums, at + 2 * stride);
        b2.intoArray(sums, at + 2 * stride + LANES);
        c2.intoArray(sums, at + 2 * stride + 2 * LANES);
        d2.intoArray(sums, at + 2 * stride + 3 * LANES);
        a3.intoArray(sums, at + 3 * stride);
        b3.intoArray(sums, at + 3 * stride + LANES);
        c3.intoArray(sums, at + 3 * stride + 2 * LANES);
        d3.intoArray(sums, at + 3 * stride + 3 * LANES);
        a4.intoArray(sums, at + 4 * stride);
        b4.intoArray(sums, at + 4 * stride + LANES);
        c4.intoArray(sums, at + 4 * stride + 2 * LANES);
        d4.intoArray(sums, at + 4 * stride + 3 * LANES);
        a5.intoArray(sums, at + 5 * stride);
        b5.intoArray(sums, at + 5 * stride + LANES);
        c5.intoArray(sums, at + 5 * stride + 2 * LANES);
        d5.intoArray(sums, at + 5 * stride + 3 * LANES);
    }

    /** Four sums, 5 vectors of columns each. */
    static void quad(
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
        FloatVector a2 = FloatVector.broadcast(FLOATS, tile.bias()[2]);
        FloatVector b2 = a2;
        FloatVector c2 = a2;
        FloatVector d2 = a2;
        FloatVector e2 = a2;
        FloatVector a3 = FloatVector.broadcast(FLOATS, tile.bias()[3]);
        FloatVector b3 = a3;
        FloatVector c3 = a3;
        FloatVector d3 = a3;
        FloatVector e3 = a3;
        for (int term = 0; term < terms.length; term++) {
            int p = positions[terms[term]] + from;
            FloatVector w0 = FloatVector.broadcast(FLOATS, weight[4 * term]);
            FloatVector w1 = FloatVector.broadcast(FLOATS, weight[4 * term + 1]);
            FloatVector w2 = FloatVector.broadcast(FLOATS, weight[4 * term + 2]);
            FloatVector w3 = FloatVector.broadcast(FLOATS, weight[4 * term + 3]);
            FloatVector xa = FloatVector.fromArray(FLOATS, rows, p);
            a0 = xa.fma(w0, a0);
            a1 = xa.fma(w1, a1);
            a2 = xa.fma(w2, a2);
            a3 = xa.fma(w3, a3);
            FloatVector xb = FloatVector.fromArray(FLOATS, rows, p + LANES);
            b0 = xb.fma(w0, b0);
            b1 = xb.fma(w1, b1);
            b2 = xb.fma(w2, b2);
            b3 = xb.fma(w3, b3);
            FloatVector xc = FloatVector.fromArray(FLOATS, rows, p + 2 * LANES);
            c0 = xc.fma(w0, c0);
            c1 = xc.fma(w1, c1);
            c2 = xc.fma(w2, c2);
            c3 = xc.fma(w3, c3);
            FloatVector xd = FloatVector.fromArray(FLOATS, rows, p + 3 * LANES);
            d0 = xd.fma(w0, d0);
            d1 = xd.fma(w1, d1);
            d2 = xd.fma(w2, d2);
            d3 = xd.fma(w3, d3);
            FloatVector xe = FloatVector.fromArray(FLOATS, rows, p + 4 * LANES);
            e0 = xe.fma(w0, e0);
            e1 = xe.fma(w1, e1);
            e2 = xe.fma(w2, e2);
            e3 = xe.fma(w3, e3);
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
        a2.intoArray(sums, at + 2 * stride);
        b2.intoArray(sums, at + 2 * stride + LANES);
        c2.intoArray(sums, at + 2 * stride + 2 * LANES);
        d2.intoArray(sums, at + 2 * stride + 3 * LANES);
        e2.intoArray(sums, at + 2 * stride + 4 * LANES);
        a3.intoArray(sums, at + 3 * stride);
        b3.intoArray(sums, at + 3 * stride + LANES);
        c3.intoArray(sums, at + 3 * stride + 2 * LANES);
        d3.intoArray(sums, at + 3 * stride + 3 * LANES);
        e3.intoArray(sums, at + 3 * stride + 4 * LANES);
    }

    /** Three sums, 5 vectors of columns each. */
    static void triple(
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
        FloatVector a2 = FloatVector.broadcast(FLOATS, tile.bias()[2]);
        FloatVector b2 = a2;
        FloatVector c2 = a2;
        FloatVector d2 = a2;
        FloatVector e2 = a2;
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
            FloatVector xd = FloatVector.fromArray(FLOATS, rows, p + 3 * LANES);
            d0 = xd.fma(w0, d0);
            d1 = xd.fma(w1, d1);
            d2 = xd.fma(w2, d2);
            FloatVector xe = FloatVector.fromArray(FLOATS, rows, p + 4 * LANES);
            e0 = xe.fma(w0, e0);
            e1 = xe.fma(w1, e1);
            e2 = xe.fma(w2, e2);
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
        a2.intoArray(sums, at + 2 * stride);
        b2.intoArray(sums, at + 2 * stride + LANES);
        c2.intoArray(sums, at + 2 * stride + 2 * LANES);
        d2.intoArray(sums, at + 2 * stride + 3 * LANES);
        e2.intoArray(sums, at + 2 * stride + 4 * LANES);
    }
}
