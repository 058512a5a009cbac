package io.kinolift.upscale.motion;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.motion.BetweenPicture;
import io.kinolift.upscale.Band;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.interpolate.InterpolationTimeGrid;
import java.lang.foreign.MemorySegment;

/** Frames between pictures of one format. */
final class BoundMotion implements BoundOperator {
    private final InterpolationTimeGrid timeGrid;
    private final PairCache pairs;
    private final PixelFormat format;
    private final int width;
    private final int height;

    BoundMotion(InterpolationTimeGrid timeGrid, PairCache pairs, PixelFormat format, int width, int height) {
        this.timeGrid = timeGrid;
        this.pairs = pairs;
        this.format = format;
        this.width = width;
        this.height = height;
    }

    @Override
    public PixelFormat outputFormat() {
        return format;
    }

    @Override
    public int outputWidth() {
        return width;
    }

    @Override
    public int outputHeight() {
        return height;
    }

    /** Not native, but counted like it: more threads would need more of the heap. */
    @Override
    public long scratchBytes() {
        return MotionOperator.heapBytesOf(format, width, height);
    }

    @Override
    public void upscale(long output, InputFrames inputs, Picture out, Bands bands) {
        long floor = timeGrid.coordinates().floor(output);
        long remainder = timeGrid.coordinates().remainder(output);
        Picture earlier = inputs.at(Math.clamp(floor, inputs.first(), inputs.last()));
        Picture later = remainder == 0 ? earlier : inputs.at(Math.clamp(floor + 1, inputs.first(), inputs.last()));
        BetweenPicture between = earlier == later
                ? null
                : pairs.between(
                        earlier,
                        later,
                        Math.toIntExact(remainder),
                        Math.toIntExact(timeGrid.coordinates().denominator()));
        bands.run((band, count) -> {
            for (int plane = 0; plane < format.planeCount(); plane++) {
                Band rows = Band.of(plane, inputs, out, band, count);
                if (between == null) {
                    copy(earlier.plane(plane), out.plane(plane), rows);
                } else {
                    between.write(out, plane, rows.from(), rows.to());
                }
            }
        });
    }

    private static void copy(Plane from, Plane to, Band rows) {
        for (int y = rows.from(); y < rows.to(); y++) {
            MemorySegment.copy(from.data(), y * from.stride(), to.data(), y * to.stride(), from.rowBytes());
        }
    }
}
