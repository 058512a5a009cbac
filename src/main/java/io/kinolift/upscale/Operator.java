package io.kinolift.upscale;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.TimeGrid;
import java.util.Optional;

/** Turns inputs into output pictures, before the picture size is known. Safe for use by several threads. */
public interface Operator {
    /**
     * The positions of outputs in time. With align corners in time, its taps and halo hold for counts and owners only.
     */
    TimeGrid timeGrid();

    /** Luma samples per output row, without computing the geometry; under 1 if the output has none. */
    long outputWidth(int width);

    /** Luma rows of an output, without computing the geometry; under 1 if the output has none. */
    long outputHeight(int height);

    /** Luma samples of an output picture; {@code Long.MAX_VALUE} on overflow. */
    default long outputPixels(int width, int height) {
        long outputWidth = Math.max(0, outputWidth(width));
        long outputHeight = Math.max(0, outputHeight(height));
        boolean overflows = Math.max(outputWidth, outputHeight) > Integer.MAX_VALUE;
        return overflows ? Long.MAX_VALUE : outputWidth * outputHeight;
    }

    /** Bytes of the heap that an output takes while it is made, without computing the geometry; 0 if next to none. */
    default long heapBytes(PixelFormat format, int width, int height) {
        return 0;
    }

    /** The reason why this format cannot be upscaled, as expected and found; empty if it can. */
    default Optional<String> refusal(PixelFormat format, int width, int height, Colour colour) {
        return Optional.empty();
    }

    /**
     * Computes the geometry for one format.
     *
     * @param width luma samples per input row
     * @param height luma rows of an input
     * @param colour meaning of the samples, for operators that work in RGB
     * @throws IllegalArgumentException if the output would have no samples, or if there is a {@link #refusal}
     */
    BoundOperator bind(PixelFormat format, int width, int height, Colour colour);

    /** Binds without a stated meaning of the samples. */
    default BoundOperator bind(PixelFormat format, int width, int height) {
        return bind(format, width, height, Colour.UNSPECIFIED);
    }
}
