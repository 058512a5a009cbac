package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.kernel.InterpolationKernel;
import io.kinolift.kernel.RowInput;
import io.kinolift.kernel.RowScratch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Interpolation of pictures of one format. */
final class BoundInterpolation implements BoundOperator {
    private static final int MOST_SOURCES = 8;

    private final Interpolation settings;
    private final InterpolationTimeGrid timeGrid;
    private final InterpolationKernel kernel;
    private final PixelFormat format;
    private final int outputWidth;
    private final int outputHeight;
    private final int longestRow;
    private final List<PlaneGeometry> planes = new ArrayList<>();
    /** As many as calls ever ran at once. */
    private final ConcurrentLinkedQueue<Workspace> resting = new ConcurrentLinkedQueue<>();

    BoundInterpolation(
            Interpolation settings,
            InterpolationTimeGrid timeGrid,
            InterpolationKernel kernel,
            PixelFormat format,
            int width,
            int height) {
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
            planes.add(PlaneGeometry.of(settings, format, plane, width, height, kernel.lanes()));
            longest = Math.max(longest, format.rowBytes(plane, width));
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
    public void upscale(long output, InputFrames inputs, Picture out, int band, int bands) {
        TimeTaps time = timeTaps(output, inputs);
        Workspace pooled = resting.poll();
        Workspace workspace = pooled == null ? new Workspace(longestRow) : pooled;
        for (int plane = 0; plane < planes.size(); plane++) {
            long height = out.plane(plane).height();
            int from = Math.toIntExact(height * band / bands);
            int to = Math.toIntExact(height * (band + 1) / bands);
            rows(planes.get(plane), plane, time, workspace, out.plane(plane), from, to);
        }
        workspace.input.release();
        resting.add(workspace);
    }

    private TimeTaps timeTaps(long output, InputFrames inputs) {
        Coordinates x = timeGrid.coordinates();
        long base = 0;
        if (settings.alignCorners()) {
            long frames = inputs.last() - inputs.first() + 1;
            x = Coordinates.alignedCorners(frames, timeGrid.outputCount(frames));
            base = inputs.first();
        }
        long first = base + x.floor(output);
        long remainder = timeGrid.nearest() ? 0 : x.remainder(output);
        Picture earlier = inputs.at(Math.clamp(first, inputs.first(), inputs.last()));
        Picture later = remainder == 0 ? null : inputs.at(Math.clamp(first + 1, inputs.first(), inputs.last()));
        // A nearest tap is a whole frame, so its denominator is 1.
        long denominator = timeGrid.nearest() ? 1 : x.denominator();
        return new TimeTaps(earlier, later, remainder, denominator);
    }

    private void rows(
            PlaneGeometry geometry, int plane, TimeTaps time, Workspace work, Plane target, int from, int to) {
        long denominator = geometry.denominator() * time.denominator;
        // By the grid's denominator, not this output's: which path an output takes must not depend on its position.
        boolean exact = denominator > 0 && denominator <= InterpolationKernel.MAX_DENOMINATOR;
        for (int y = from; y < to; y++) {
            work.input.clear(exact ? (int) denominator : 0);
            addFrame(work.input, time.earlier.plane(plane), geometry.rows(), y, time.weight(0), time, exact);
            if (time.later != null) {
                addFrame(work.input, time.later.plane(plane), geometry.rows(), y, time.weight(1), time, exact);
            }
            if (exact) {
                kernel.exact(work.input, geometry.columns(), work.scratch, target.data(), y * target.stride());
            } else {
                kernel.float32(work.input, geometry.columns(), work.scratch, target.data(), y * target.stride());
            }
        }
    }

    private static void addFrame(
            RowInput input, Plane source, Taps rows, int y, long timeWeight, TimeTaps time, boolean exact) {
        for (int at = y; at < rows.index().length; at += rows.outputs()) {
            long offset = rows.index()[at] * source.stride();
            if (rows.floatWeight()[at] == 0) {
                continue;
            }
            if (exact) {
                input.add(source.data(), offset, (int) (timeWeight * rows.weight()[at]));
            } else {
                double share = (double) timeWeight / time.denominator;
                input.add(source.data(), offset, (float) (share * rows.floatWeight()[at]));
            }
        }
    }

    private record TimeTaps(Picture earlier, Picture later, long remainder, long denominator) {
        long weight(int tap) {
            return tap == 0 ? denominator - remainder : remainder;
        }
    }

    private static final class Workspace {
        final RowInput input = new RowInput(MOST_SOURCES);
        final RowScratch scratch;

        Workspace(int longestRow) {
            scratch = new RowScratch(longestRow);
        }
    }
}
