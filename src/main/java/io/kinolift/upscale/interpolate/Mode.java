package io.kinolift.upscale.interpolate;

/** PyTorch's names. In time every mode but {@link #NEAREST} blends linearly. */
public enum Mode {
    /** Linear in time, height and width. */
    TRILINEAR,
    /** The same arithmetic as {@link #TRILINEAR}: linear in height and width, and in time if there is a factor. */
    BILINEAR,
    /** The input at floor(o / factor), in time, height and width. */
    NEAREST,
    /** Four taps with a = -0.75 in height and width, linear in time. */
    BICUBIC
}
