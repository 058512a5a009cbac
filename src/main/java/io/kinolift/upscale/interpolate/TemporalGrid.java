package io.kinolift.upscale.interpolate;

/** The position of output o in time, counted in inputs, at factor s. */
public enum TemporalGrid {
    /** (o + 0.5) / s - 0.5, as in PyTorch. */
    HALF_PIXEL,
    /** o / s: source frames pass through unchanged. */
    SOURCE
}
