package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Rational;
import io.kinolift.upscale.InputFrames;

/**
 * Settings of an interpolating operator.
 *
 * @param temporalFactor output frames per input frame
 * @param alignCorners corner samples of input and output coincide; in time this needs a whole tensor as input, see
 *     {@link InputFrames}
 * @param temporalGrid not used by {@link Mode#NEAREST}, nor in time with {@code alignCorners}
 */
public record Interpolation(
        Mode mode, Rational temporalFactor, SpatialTarget spatial, boolean alignCorners, TemporalGrid temporalGrid) {
    private static final long LARGEST_TERM = 1L << 24;

    /** @throws IllegalArgumentException for a factor that is not positive, or align corners with nearest */
    public Interpolation {
        requireFactor("temporal", temporalFactor);
        if (alignCorners && mode == Mode.NEAREST) {
            throw new IllegalArgumentException("expected a linear or cubic mode with align corners, found " + mode);
        }
    }

    static void requireFactor(String name, Rational factor) {
        if (!factor.isPositive() || factor.numerator() > LARGEST_TERM || factor.denominator() > LARGEST_TERM) {
            throw new IllegalArgumentException(
                    "expected a positive " + name + " factor with terms up to " + LARGEST_TERM + ", found " + factor);
        }
    }
}
