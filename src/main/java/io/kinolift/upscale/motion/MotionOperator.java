package io.kinolift.upscale.motion;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.motion.MotionKernel;
import io.kinolift.kernel.motion.WarpKernel;
import io.kinolift.motion.MotionPicture;
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
    private final PairCache pairs;

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
        if (range < 0 || range > MAX_RANGE) {
            throw new IllegalArgumentException(
                    "expected a range of motion of 0 to " + MAX_RANGE + " samples, found " + range);
        }
        timeGrid = InterpolationTimeGrid.of(new Interpolation(
                Mode.TRILINEAR,
                temporalFactor,
                new SpatialTarget.Factors(Rational.ONE, Rational.ONE),
                false,
                temporalGrid));
        pairs = new PairCache(motion, warp, range);
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
        if (format.sampleShift() != 0) {
            return Optional.of("expected samples in the lower bits of their shorts to follow motion, found " + format);
        }
        return MotionPicture.fits(width, height)
                ? Optional.empty()
                : Optional.of("expected a picture that is less long to follow motion, found " + width + "x" + height);
    }

    @Override
    public long heapBytes(PixelFormat format, int width, int height) {
        return heapBytesOf(format, width, height);
    }

    /** Of two pictures, and the fields of both and of what lies between: not more than half a picture. */
    static long heapBytesOf(PixelFormat format, int width, int height) {
        return MotionPicture.heapBytes(format, width, height) * 5 / 2;
    }

    @Override
    public BoundOperator bind(PixelFormat format, int width, int height, Colour colour) {
        return new BoundMotion(timeGrid, pairs, format, width, height);
    }
}
