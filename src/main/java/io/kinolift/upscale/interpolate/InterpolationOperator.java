package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.TimeGrid;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.SampleRows;

/** Interpolation, before the picture size is known. */
public final class InterpolationOperator implements Operator {
    private final Interpolation settings;
    private final InterpolationKernel kernel;
    private final InterpolationTimeGrid timeGrid;

    public static Operator of(Interpolation settings) {
        return new InterpolationOperator(settings, Kernels.interpolation());
    }

    public InterpolationOperator(Interpolation settings, InterpolationKernel kernel) {
        this.settings = settings;
        this.kernel = kernel;
        timeGrid = InterpolationTimeGrid.of(settings);
    }

    @Override
    public TimeGrid timeGrid() {
        return timeGrid;
    }

    @Override
    public long outputWidth(int width) {
        return settings.spatial().widthFactor(width).floorOfProduct(width);
    }

    @Override
    public long outputHeight(int height) {
        return settings.spatial().heightFactor(height).floorOfProduct(height);
    }

    @Override
    public BoundOperator bind(PixelFormat format, int width, int height, Colour colour) {
        return new BoundInterpolation(
                settings,
                timeGrid,
                kernel.of(SampleRows.samples(format)),
                format,
                width,
                height,
                colour.chromaLocation());
    }
}
