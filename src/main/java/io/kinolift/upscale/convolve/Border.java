package io.kinolift.upscale.convolve;

/** The samples that a transposed convolution sees outside a segment and outside its pictures. */
public enum Border {
    /** The nearest sample, as if every axis continued; the output is cut to the size that {@link #ZEROS} gives. */
    EDGE,
    /** Raw sample 0, as in PyTorch. Even so, barriers inside a segment repeat the edge. */
    ZEROS
}
