package io.kinolift.upscale;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.TimeGrid;
import java.util.Optional;

/** What turns inputs into output pictures, before a picture size is known. Safe for use by several threads. */
public interface Operator {
    /** Where outputs lie in time. With align corners in time, its taps and halo hold for counts and owners only. */
    TimeGrid timeGrid();

    /** Luma samples per output row, without computing the geometry; under 1 if none is left. */
    long outputWidth(int width);

    /** Luma rows of an output, likewise. */
    long outputHeight(int height);

    /** Luma samples of an output picture; {@code Long.MAX_VALUE} where they overflow. */
    default long outputPixels(int width, int height) {
        long outputWidth = Math.max(0, outputWidth(width));
        long outputHeight = Math.max(0, outputHeight(height));
        boolean overflows = Math.max(outputWidth, outputHeight) > Integer.MAX_VALUE;
        return overflows ? Long.MAX_VALUE : outputWidth * outputHeight;
    }

    /** Why pictures of this format cannot be upscaled, as expected and found; empty if they can. */
    default Optional<String> refusal(PixelFormat format, int width, int height, Colour colour) {
        return Optional.empty();
    }

    /**
     * Computes the geometry for one format.
     *
     * @param width luma samples per input row
     * @param height luma rows of an input
     * @param colour what samples mean, to operators that work in RGB
     * @throws IllegalArgumentException if the output would have no samples, or where there is a {@link #refusal}
     */
    BoundOperator bind(PixelFormat format, int width, int height, Colour colour);

    /** The same, where nobody said what samples mean. */
    default BoundOperator bind(PixelFormat format, int width, int height) {
        return bind(format, width, height, Colour.UNSPECIFIED);
    }
}
