package io.kinolift.upscale.adapt;

import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.adapt.GradientKernel;

/**
 * Sorts samples by their surroundings: the direction of an edge, its strength, its dominance, and the fineness of the
 * detail. One thread at a time.
 *
 * <p>Sums are taken over a box of five by five samples, with gx and gy the differences of the two neighbours on either
 * side: {@code t = gx^2 + gy^2}, {@code u = gx^2 - gy^2}, {@code v = 2 gx gy} (the structure tensor), and {@code h},
 * the squares of second differences. Then
 *
 * <ul>
 *   <li>if t is below {@value GradientKernel#FLAT}, a gradient of two steps, the class is 0 regardless of the rest;
 *   <li>an edge is strong from t = {@value GradientKernel#STRONG} on, a gradient of ten steps;
 *   <li>coherence is {@code (u^2 + v^2) / t^2}, 1 if all gradients run one way, in float32 and then in 256ths;
 *   <li>detail is {@code h / t}, divided into three at 1/4 and 1/2;
 *   <li>the angle depends on the signs of u and v and on which of them is greater: eight sectors, bounded by the axes
 *       and diagonals, so that edges leaning to either side of them are told apart.
 * </ul>
 */
public final class GradientClasses {
    /** Number of classes. */
    public static final int COUNT = 145;

    /** Number of samples on either side that a sample's class depends on. */
    public static final int REACH = 3;

    /** Room that rows and classes need behind their last sample. */
    public static final int SLACK = GradientKernel.SLACK;

    /** The name of this classification: weights that were fitted to another do not fit it. */
    public static final String NAME = "gradient-145";

    private final GradientKernel kernel;
    private final int width;
    private final float[] ts;
    private final float[] us;
    private final float[] vs;
    private final float[] hs;

    /** @param width samples per row */
    public GradientClasses(int width) {
        this(Kernels.gradients(), width);
    }

    GradientClasses(GradientKernel kernel, int width) {
        this.kernel = kernel;
        this.width = width;
        int room = width + GradientKernel.BOX + 2 * SLACK;
        ts = new float[room];
        us = new float[room];
        vs = new float[room];
        hs = new float[room];
    }

    /**
     * Computes the classes, 0 to {@link #COUNT} - 1, of a row.
     *
     * @param rows that row, with {@link #REACH} rows above and below it; each has {@link #REACH} more samples at either
     *     end, and room for {@link #SLACK} more
     * @param classes with room for {@link #SLACK} more
     */
    public void classify(float[][] rows, int[] classes) {
        kernel.addDown(rows, width + GradientKernel.BOX - 1, ts, us, vs, hs);
        kernel.addAlong(ts, width);
        kernel.addAlong(us, width);
        kernel.addAlong(vs, width);
        kernel.addAlong(hs, width);
        kernel.beginClasses(ts, us, vs, hs, width, classes);
        kernel.endClasses(ts, us, vs, width, classes);
    }

    /** The class of a sample in the mirrored picture, with left and right or top and bottom exchanged. */
    public static int mirrored(int of) {
        return of == 0 ? 0 : (of - 1 ^ GradientKernel.MIRROR) + 1;
    }

    /** The class of a sample in the transposed picture, with rows and columns exchanged. */
    public static int transposed(int of) {
        return of == 0 ? 0 : (of - 1 ^ GradientKernel.TRANSPOSE) + 1;
    }
}
