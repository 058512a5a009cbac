package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.upscale.Between;
import io.kinolift.upscale.SampleRows;

/** Linear blends of two pictures, rounded as trilinear interpolation rounds. */
public final class BlendBetween implements Between {
    private static final Interpolation UNCHANGED = new Interpolation(
            Mode.TRILINEAR,
            Rational.ONE,
            new SpatialTarget.Factors(Rational.ONE, Rational.ONE),
            false,
            TemporalGrid.SOURCE);

    private final InterpolationKernel kernel;

    public BlendBetween() {
        this(Kernels.interpolation());
    }

    public BlendBetween(InterpolationKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Bound bind(PixelFormat format, int width, int height, Colour colour) {
        return new BoundInterpolation(
                UNCHANGED,
                InterpolationTimeGrid.of(UNCHANGED),
                kernel.of(SampleRows.samples(format)),
                format,
                width,
                height,
                colour.chromaLocation());
    }
}
