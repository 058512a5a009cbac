package io.kinolift.motion.truth;

/** Brightness at every place of a plane, 0 to 255. */
interface Texture {
    double at(double x, double y);
}
