package io.kinolift.kernel.motion;

/** How the two blocks that motion leads to are joined. */
public final class BlockJoin {
    /** Weight of the second picture by time alone. */
    public float share;
    /** Weight of the second picture where the two disagree: it depends on which one can be trusted. */
    public float trustedShare;
    /** How much of the plain blend is taken where the two disagree, because neither can be trusted; 0 to 1. */
    public float fallBack;
    /** What the second picture is brighter by on the whole; this much is no disagreement. */
    public float shift;
    /** The disagreement, in samples, at which trust counts half. */
    public float tolerance;

    /** For kernels to work in: of two blocks, what lies between samples. */
    final float[] first = new float[WarpKernel.BLOCK * WarpKernel.BLOCK];

    final float[] second = new float[WarpKernel.BLOCK * WarpKernel.BLOCK];
}
