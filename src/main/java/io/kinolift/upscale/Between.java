package io.kinolift.upscale;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import java.util.Optional;

/** Makes pictures between two others, of their format and size, before these are known. Safe for use by several threads. */
public interface Between {
    /** The reason why there is nothing between pictures of this format, as expected and found; empty if there is. */
    default Optional<String> refusal(PixelFormat format, int width, int height) {
        return Optional.empty();
    }

    /** As {@link Operator#heapBytes}. */
    default long heapBytes(PixelFormat format, int width, int height) {
        return 0;
    }

    Bound bind(PixelFormat format, int width, int height, Colour colour);

    /** For pictures of one format and size. Safe for use by several threads. */
    interface Bound {
        /**
         * Writes the picture at numerator / denominator of the way from one picture to another.
         *
         * @param numerator 0 for the earlier picture itself; less than the denominator
         * @param denominator at least 1
         */
        void make(Picture earlier, Picture later, int numerator, int denominator, Picture out, Bands bands);

        /** As {@link BoundOperator#scratchBytes()}. */
        long scratchBytes();
    }
}
