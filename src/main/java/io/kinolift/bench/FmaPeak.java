package io.kinolift.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Measures how many multiply-adds one core can do, with independent chains in registers and no loads. */
final class FmaPeak {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;
    private static final int STEPS = 400_000;
    private static final int WARM_UP = 15;
    private static final int CALLS = 150;

    private FmaPeak() {}

    /** Multiply-adds per second: the most of several calls, because slower ones were disturbed. */
    static double perSecond() {
        float[] sink = new float[FLOATS.length()];
        double most = 0;
        for (int call = 0; call < WARM_UP + CALLS; call++) {
            long start = System.nanoTime();
            chains(1f + call * 1e-7f, sink);
            double seconds = (System.nanoTime() - start) / 1e9;
            most = call < WARM_UP ? 0 : Math.max(most, (double) CHAINS * FLOATS.length() * STEPS / seconds);
        }
        return most;
    }

    private static void chains(float start, float[] sink) {
        FloatVector w = FloatVector.broadcast(FLOATS, 0.999f);
        FloatVector x = FloatVector.broadcast(FLOATS, start);
        FloatVector a = x;
        FloatVector b = x;
        FloatVector c = x;
        FloatVector d = x;
        FloatVector e = x;
        FloatVector f = x;
        FloatVector g = x;
        FloatVector h = x;
        FloatVector i = x;
        FloatVector j = x;
        FloatVector k = x;
        FloatVector l = x;
        for (int step = 0; step < STEPS; step++) {
            a = a.fma(w, x);
            b = b.fma(w, x);
            c = c.fma(w, x);
            d = d.fma(w, x);
            e = e.fma(w, x);
            f = f.fma(w, x);
            g = g.fma(w, x);
            h = h.fma(w, x);
            i = i.fma(w, x);
            j = j.fma(w, x);
            k = k.fma(w, x);
            l = l.fma(w, x);
        }
        a.add(b)
                .add(c)
                .add(d)
                .add(e)
                .add(f)
                .add(g)
                .add(h)
                .add(i)
                .add(j)
                .add(k)
                .add(l)
                .intoArray(sink, 0);
    }
}
