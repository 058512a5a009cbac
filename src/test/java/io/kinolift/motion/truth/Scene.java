package io.kinolift.motion.truth;

/**
 * What can be seen at any place and time, with its true motion. Times 0, 1, 2 are those of the inputs; places are those of
 * samples, the first at 0.
 */
interface Scene {
    double luma(double x, double y, double time);

    /** How far what is seen there moves until one frame later, to the right. */
    double flowX(double x, double y, double time);

    /** The same, downwards. */
    double flowY(double x, double y, double time);
}
