package io.kinolift.upscale.motion;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.motion.MotionKernel;
import io.kinolift.kernel.motion.WarpKernel;
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
 * Makes frames between inputs along the motion; pictures keep their size. Outputs lie in time where those of a linear
 * blend do; an output that lies on an input is a copy of it.
 */
public final class MotionOperator implements Operator {
    /** Samples that anything may move from picture to picture on each axis. */
    public static final int DEFAULT_RANGE = 128;

    public static final int MAX_RANGE = 512;

    private final InterpolationTimeGrid timeGrid;
    private final Between between;

    public static Operator of(Rational temporalFactor, TemporalGrid temporalGrid, int range) {
        return new MotionOperator(temporalFactor, temporalGrid, range, Kernels.motion(), Kernels.warp());
    }

    public static Operator of(Rational temporalFactor, TemporalGrid temporalGrid) {
        return of(temporalFactor, temporalGrid, DEFAULT_RANGE);
    }

    /**
     * @param temporalFactor output frames per input frame
     * @param range samples that anything may move from picture to picture on each axis; the search costs little more for
     *     a larger one, and errs a little more
     * @throws IllegalArgumentException for a factor that is not positive, or a range that is out of bounds
     */
    public MotionOperator(
            Rational temporalFactor, TemporalGrid temporalGrid, int range, MotionKernel motion, WarpKernel warp) {
        timeGrid = InterpolationTimeGrid.of(new Interpolation(
                Mode.TRILINEAR,
                temporalFactor,
                new SpatialTarget.Factors(Rational.ONE, Rational.ONE),
                false,
                temporalGrid));
        between = new MotionBetween(range, motion, warp);
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
        return new BoundMotion(timeGrid, between.bind(format, width, height, colour), format, width, height);
    }
}
