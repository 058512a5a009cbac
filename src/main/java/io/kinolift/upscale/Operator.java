package io.kinolift.upscale;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.TimeGrid;
import java.util.Optional;

/** What turns inputs into output pictures, before a picture size is known. Safe for use by several threads. */
public interface Operator {
    /** Where outputs lie in time. With align corners in time, its taps and halo hold for counts and owners only. */
    TimeGrid timeGrid();

    /** Luma samples of an output picture, without computing its geometry; {@code Long.MAX_VALUE} where they overflow. */
    long outputPixels(int width, int height);

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
