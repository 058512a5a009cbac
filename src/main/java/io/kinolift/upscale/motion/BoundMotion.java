package io.kinolift.upscale.motion;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.Between;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.interpolate.InterpolationTimeGrid;

/** Frames between pictures of one format. */
final class BoundMotion implements BoundOperator {
    private final InterpolationTimeGrid timeGrid;
    private final Between.Bound between;
    private final PixelFormat format;
    private final int width;
    private final int height;

    BoundMotion(InterpolationTimeGrid timeGrid, Between.Bound between, PixelFormat format, int width, int height) {
        this.timeGrid = timeGrid;
        this.between = between;
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

    @Override
    public long scratchBytes() {
        return between.scratchBytes();
    }

    @Override
    public void upscale(long output, InputFrames inputs, Picture out, Bands bands) {
        long floor = timeGrid.coordinates().floor(output);
        long remainder = timeGrid.coordinates().remainder(output);
        Picture earlier = inputs.at(Math.clamp(floor, inputs.first(), inputs.last()));
        Picture later = remainder == 0 ? earlier : inputs.at(Math.clamp(floor + 1, inputs.first(), inputs.last()));
        between.make(
                earlier,
                later,
                Math.toIntExact(remainder),
                Math.toIntExact(timeGrid.coordinates().denominator()),
                out,
                bands);
    }
}
