package io.kinolift.upscale.convolve;

/** What a transposed convolution sees outside a segment and outside its pictures. */
public enum Border {
    /** The nearest sample, as if every axis went on; the output is cut to the size that {@link #ZEROS} gives. */
    EDGE,
    /** Raw sample 0, as PyTorch. At a barrier inside a segment the edge is repeated all the same. */
    ZEROS
}
