package io.kinolift.upscale.motion;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.motion.MotionKernel;
import io.kinolift.kernel.motion.WarpKernel;
import io.kinolift.motion.BetweenPicture;
import io.kinolift.motion.MotionPicture;
import io.kinolift.upscale.Band;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.Between;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Pictures between two others along the motion; see {@code io.kinolift.motion}. */
public final class MotionBetween implements Between {
    private final PairCache pairs;

    /** As the other constructor, with the fastest kernels. */
    public MotionBetween(int range) {
        this(range, Kernels.motion(), Kernels.warp());
    }

    /**
     * @param range samples that anything may move from picture to picture on each axis
     * @throws IllegalArgumentException for a range that is out of bounds
     */
    public MotionBetween(int range, MotionKernel motion, WarpKernel warp) {
        if (range < 0 || range > MotionOperator.MAX_RANGE) {
            throw new IllegalArgumentException(
                    "expected a range of motion of 0 to " + MotionOperator.MAX_RANGE + " samples, found " + range);
        }
        pairs = new PairCache(motion, warp, range);
    }

    @Override
    public Optional<String> refusal(PixelFormat format, int width, int height) {
        return MotionPicture.fits(width, height)
                ? Optional.empty()
                : Optional.of("expected a picture that is less long to follow motion, found " + width + "x" + height);
    }

    /** Of two pictures, and the fields of both and of what lies between: not more than half a picture. */
    @Override
    public long heapBytes(PixelFormat format, int width, int height) {
        return MotionPicture.heapBytes(format, width, height) * 5 / 2;
    }

    @Override
    public Bound bind(PixelFormat format, int width, int height, Colour colour) {
        return new Along(pairs, heapBytes(format, width, height));
    }

    /** @param scratchBytes of the heap, but counted like native memory: more threads need more of it */
    private record Along(PairCache pairs, long scratchBytes) implements Bound {
        @Override
        public void make(Picture earlier, Picture later, int numerator, int denominator, Picture out, Bands bands) {
            BetweenPicture between =
                    numerator == 0 || earlier == later ? null : pairs.between(earlier, later, numerator, denominator);
            bands.run((band, count) -> {
                for (int plane = 0; plane < out.planes().size(); plane++) {
                    Band rows = Band.of(plane, earlier, out, band, count);
                    if (between == null) {
                        copy(earlier.plane(plane), out.plane(plane), rows);
                    } else {
                        between.write(out, plane, rows.from(), rows.to());
                    }
                }
            });
        }
    }

    private static void copy(Plane from, Plane to, Band rows) {
        for (int y = rows.from(); y < rows.to(); y++) {
            MemorySegment.copy(from.data(), y * from.stride(), to.data(), y * to.stride(), from.rowBytes());
        }
    }
}
