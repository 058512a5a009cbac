package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.upscale.Band;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.Between;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Interpolation of pictures of one format. */
final class BoundInterpolation implements BoundOperator, Between.Bound {
    private final Interpolation settings;
    private final InterpolationTimeGrid timeGrid;
    private final InterpolationKernel kernel;
    private final PixelFormat format;
    private final int outputWidth;
    private final int outputHeight;
    private final int longestRow;
    private final List<PlaneGeometry> planes = new ArrayList<>();
    /** Holds one entry per call that ever ran at the same time. */
    private final ConcurrentLinkedQueue<InterpolatedRows> resting = new ConcurrentLinkedQueue<>();

    BoundInterpolation(
            Interpolation settings,
            InterpolationTimeGrid timeGrid,
            InterpolationKernel kernel,
            PixelFormat format,
            int width,
            int height,
            Colour.ChromaLocation chroma) {
        this.settings = settings;
        this.timeGrid = timeGrid;
        this.kernel = kernel;
        this.format = format;
        outputWidth = settings.spatial().outputWidth(width);
        outputHeight = settings.spatial().outputHeight(height);
        if (outputWidth < 1 || outputHeight < 1) {
            throw new IllegalArgumentException("expected an output of at least 1x1, found " + outputWidth + "x"
                    + outputHeight + " from " + width + "x" + height);
        }
        int longest = 0;
        for (int plane = 0; plane < format.planeCount(); plane++) {
            planes.add(PlaneGeometry.of(settings, format, plane, width, height, chroma, kernel));
            longest = Math.max(longest, format.rowSamples(plane, width));
        }
        longestRow = longest;
    }

    @Override
    public PixelFormat outputFormat() {
        return format;
    }

    @Override
    public int outputWidth() {
        return outputWidth;
    }

    @Override
    public int outputHeight() {
        return outputHeight;
    }

    @Override
    public long scratchBytes() {
        return 0;
    }

    @Override
    public void upscale(long output, InputFrames inputs, Picture out, Bands bands) {
        TimeTaps time = timeTaps(output, inputs);
        upscale(time, out, bands);
    }

    @Override
    public void make(Picture earlier, Picture later, int numerator, int denominator, Picture out, Bands bands) {
        upscale(new TimeTaps(earlier, numerator == 0 ? null : later, numerator, denominator), out, bands);
    }

    private void upscale(TimeTaps time, Picture out, Bands bands) {
        bands.run((band, count) -> upscale(time, out, band, count));
    }

    private void upscale(TimeTaps time, Picture out, int band, int bands) {
        InterpolatedRows pooled = resting.poll();
        InterpolatedRows rows = pooled == null ? new InterpolatedRows(kernel, longestRow) : pooled;
        for (int plane = 0; plane < planes.size(); plane++) {
            Band made = Band.of(plane, time.earlier(), out, band, bands);
            rows.make(planes.get(plane), plane, time, out.plane(plane), made.from(), made.to());
        }
        rows.release();
        resting.add(rows);
    }

    private TimeTaps timeTaps(long output, InputFrames inputs) {
        Coordinates x = timeGrid.coordinates();
        long base = 0;
        if (settings.alignCorners()) {
            long frames = inputs.last() - inputs.first() + 1;
            x = Coordinates.alignedCorners(frames, timeGrid.outputCount(frames));
            base = inputs.first();
        }
        return timeGrid.nearest()
                ? TimeTaps.nearest(x, base, output, inputs)
                : TimeTaps.linear(x, base, output, inputs);
    }
}
