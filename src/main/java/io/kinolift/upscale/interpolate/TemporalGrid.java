package io.kinolift.upscale.interpolate;

/** Where output o lies in time, counted in inputs, at factor s. */
public enum TemporalGrid {
    /** (o + 0.5) / s - 0.5, as PyTorch. */
    HALF_PIXEL,
    /** o / s: source frames pass through untouched. */
    SOURCE
}
