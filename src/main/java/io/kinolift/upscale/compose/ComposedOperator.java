package io.kinolift.upscale.compose;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.Optional;

/** A temporal stage, then a spatial stage on each picture that the temporal stage makes. */
public final class ComposedOperator implements Operator {
    private final Operator temporal;
    private final Operator spatial;

    private ComposedOperator(Operator temporal, Operator spatial) {
        this.temporal = temporal;
        this.spatial = spatial;
    }

    /**
     * Linear blending in time, rounded as trilinear interpolation rounds, before a spatial operator.
     *
     * @param factor output frames per input frame; 1 gives the spatial operator itself
     * @throws IllegalArgumentException if the spatial operator looks at more than one input, or the factor is not positive
     */
    public static Operator blending(Rational factor, TemporalGrid grid, Operator spatial) {
        if (factor.equals(Rational.ONE)) {
            return spatial;
        }
        SpatialTarget unchanged = new SpatialTarget.Factors(Rational.ONE, Rational.ONE);
        return of(InterpolationOperator.of(new Interpolation(Mode.TRILINEAR, factor, unchanged, false, grid)), spatial);
    }

    /**
     * Any temporal stage before a spatial operator.
     *
     * @param temporal an operator of spatial factor 1
     * @throws IllegalArgumentException if the spatial operator looks at more than one input
     */
    public static Operator of(Operator temporal, Operator spatial) {
        requireSpatial(spatial.timeGrid());
        return new ComposedOperator(temporal, spatial);
    }

    /** The temporal stage of this one before another spatial stage: what it remembers of pictures is shared. */
    public Operator withSpatial(Operator other) {
        return of(temporal, other);
    }

    static void requireSpatial(TimeGrid grid) {
        if (!grid.factor().equals(Rational.ONE) || grid.haloBefore() > 0 || grid.haloAfter() > 0) {
            throw new IllegalArgumentException(
                    "expected a spatial operator without an extent in time, found a factor of " + grid.factor()
                            + " and " + grid.haloBefore() + " + " + grid.haloAfter() + " frames around");
        }
    }

    @Override
    public TimeGrid timeGrid() {
        return temporal.timeGrid();
    }

    @Override
    public long outputWidth(int width) {
        return spatial.outputWidth(width);
    }

    @Override
    public long outputHeight(int height) {
        return spatial.outputHeight(height);
    }

    @Override
    public long heapBytes(PixelFormat format, int width, int height) {
        return temporal.heapBytes(format, width, height) + spatial.heapBytes(format, width, height);
    }

    @Override
    public Optional<String> refusal(PixelFormat format, int width, int height, Colour colour) {
        return temporal.refusal(format, width, height, colour).or(() -> spatial.refusal(format, width, height, colour));
    }

    @Override
    public BoundOperator bind(PixelFormat format, int width, int height, Colour colour) {
        return new BoundComposition(
                temporal.timeGrid(),
                temporal.bind(format, width, height, colour),
                spatial.bind(format, width, height, colour));
    }
}
