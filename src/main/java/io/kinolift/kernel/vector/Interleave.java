package io.kinolift.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Joins the even and the odd outputs of a row, which loops make as separate vectors. */
public final class Interleave {
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final int LANES = FLOATS.length();
    private static final VectorShuffle<Float> LOWER_TWICE = VectorShuffle.fromOp(FLOATS, lane -> lane / 2);
    private static final VectorShuffle<Float> UPPER_TWICE = VectorShuffle.fromOp(FLOATS, lane -> (LANES + lane) / 2);
    private static final VectorMask<Float> ODD = VectorMask.fromLong(FLOATS, 0xAAAA_AAAA_AAAA_AAAAL);

    private Interleave() {}

    /** Small enough to be inlined everywhere. */
    public static void join(FloatVector even, FloatVector odd, float[] line, int at) {
        even.rearrange(LOWER_TWICE).blend(odd.rearrange(LOWER_TWICE), ODD).intoArray(line, at);
        even.rearrange(UPPER_TWICE).blend(odd.rearrange(UPPER_TWICE), ODD).intoArray(line, at + LANES);
    }
}
