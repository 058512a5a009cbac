package io.kinolift.upscale.convolve;

/** The channels of a transposed convolution. */
public enum Channels {
    /** One channel in and out, on luma; chroma is interpolated at the kernel's centres. */
    LUMA,
    /** One channel in and out, the same on every plane and component. */
    PLANES,
    /** Three channels in and out: red, green, blue, in float32 between the planes and back. */
    RGB
}
