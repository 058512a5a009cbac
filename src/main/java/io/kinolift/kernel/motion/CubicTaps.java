package io.kinolift.kernel.motion;

/** Weights of the four samples around a position, by sixteenths of a sample. */
final class CubicTaps {
    /** Between the usual 0.5 and 0.75; made frames of real footage are best at it. */
    private static final double SHARPNESS = -0.6;

    static final float[][] OF = new float[MotionKernel.STEPS][4];

    static {
        for (int step = 0; step < OF.length; step++) {
            for (int tap = 0; tap < 4; tap++) {
                OF[step][tap] = (float) weight(Math.abs((double) step / OF.length - (tap - 1)));
            }
        }
    }

    private CubicTaps() {}

    private static double weight(double d) {
        return d <= 1
                ? (SHARPNESS + 2) * d * d * d - (SHARPNESS + 3) * d * d + 1
                : SHARPNESS * (d * d * d - 5 * d * d + 8 * d - 4);
    }
}
