package io.kinolift.fit;

import io.kinolift.ffmpeg.Rescaler;
import java.util.Locale;

/**
 * How a small picture is made from a large one: FFmpeg's scaler shrinks it by the factor; then, on request, it is
 * encoded as JPEG and decoded again.
 *
 * @param filter AREA or BICUBIC of FFmpeg's scaler, with {@code accurate_rnd+bitexact}
 * @param factor by which width and height shrink
 * @param jpegQuality FFmpeg's qscale of the JPEG in between, 1 to 31; 0 for none
 */
public record Degradation(Rescaler.Filter filter, int factor, int jpegQuality) {
    /** @throws IllegalArgumentException if a number is out of range */
    public Degradation {
        if (factor < 1 || jpegQuality < 0 || jpegQuality > 31) {
            throw new IllegalArgumentException("expected a factor of at least 1 and a JPEG quality from 1 to 31 or 0, "
                    + "found " + factor + " and " + jpegQuality);
        }
    }

    /** A description that stays the same, for a file's provenance. */
    @Override
    public String toString() {
        return filter.name().toLowerCase(Locale.ROOT) + " down by " + factor
                + (jpegQuality == 0 ? "" : ", jpeg q " + jpegQuality);
    }
}
