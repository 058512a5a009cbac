package io.kinolift.kernel.motion;

/**
 * What {@link MotionKernel#slopes} finds: with g the slope of two blocks' sum (four times as steep as that of one sample,
 * in quarter steps) and d the second less the first, sums over the block.
 */
public final class SlopeSums {
    /** Of gx gx. */
    public int xx;
    /** Of gx gy. */
    public int xy;
    /** Of gy gy. */
    public int yy;
    /** Of gx d. */
    public int xd;
    /** Of gy d. */
    public int yd;

    /** For kernels to work in: blocks and what lies around them, their sum, and the second less the first. */
    final short[] first = new short[VectorSlopes.ROOM];

    final short[] second = new short[VectorSlopes.ROOM];
    final short[] both = new short[VectorSlopes.ROOM];
    final short[] apart = new short[VectorSlopes.ROOM];
}
