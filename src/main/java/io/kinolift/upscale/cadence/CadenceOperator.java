package io.kinolift.upscale.cadence;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.Between;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationTimeGrid;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.Optional;

/**
 * Shows time evenly between distinct pictures; pictures keep their size. An output that lies on a distinct picture is a
 * copy of it. See the package.
 */
public final class CadenceOperator implements Operator {
    private final CadenceTimeGrid timeGrid;
    private final Between between;

    /**
     * @param factor output frames per input frame
     * @param between makes pictures between two distinct ones
     * @throws IllegalArgumentException for a factor that is not positive
     */
    public CadenceOperator(Rational factor, TemporalGrid grid, Between between) {
        SpatialTarget unchanged = new SpatialTarget.Factors(Rational.ONE, Rational.ONE);
        timeGrid = CadenceTimeGrid.of(
                InterpolationTimeGrid.of(new Interpolation(Mode.TRILINEAR, factor, unchanged, false, grid)));
        this.between = between;
    }

    @Override
    public TimeGrid timeGrid() {
        return timeGrid;
    }

    @Override
    public long outputWidth(int width) {
        return width;
    }

    @Override
    public long outputHeight(int height) {
        return height;
    }

    @Override
    public Optional<String> refusal(PixelFormat format, int width, int height, Colour colour) {
        return between.refusal(format, width, height);
    }

    @Override
    public long heapBytes(PixelFormat format, int width, int height) {
        return between.heapBytes(format, width, height);
    }

    @Override
    public BoundOperator bind(PixelFormat format, int width, int height, Colour colour) {
        return new BoundCadence(
                timeGrid.blend().coordinates(), between.bind(format, width, height, colour), format, width, height);
    }
}
