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

    /** For kernels to work in: so many vectors would end up on the heap. */
    final short[] both = new short[(MotionKernel.BLOCK + 2) * VectorMotion.ROW];

    final short[] apart = new short[(MotionKernel.BLOCK + 2) * VectorMotion.ROW];
}
