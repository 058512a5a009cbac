package io.kinolift.upscale.level;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import io.kinolift.upscale.interpolate.InterpolationTimeGrid;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;

/**
 * Interpolation to the size that the outputs of another operator have, whatever the formula of that is.
 *
 * @param other whose size it is
 * @param factor in time
 */
public record SameSize(Operator other, Mode mode, Rational factor, TemporalGrid grid) implements Operator {
    @Override
    public TimeGrid timeGrid() {
        return InterpolationTimeGrid.of(interpolation(1, 1));
    }

    @Override
    public long outputWidth(int width) {
        return other.outputWidth(width);
    }

    @Override
    public long outputHeight(int height) {
        return other.outputHeight(height);
    }

    @Override
    public BoundOperator bind(PixelFormat format, int width, int height, Colour colour) {
        int outputWidth = Math.toIntExact(other.outputWidth(width));
        int outputHeight = Math.toIntExact(other.outputHeight(height));
        return InterpolationOperator.of(interpolation(outputWidth, outputHeight))
                .bind(format, width, height, colour);
    }

    private Interpolation interpolation(int width, int height) {
        return new Interpolation(mode, factor, new SpatialTarget.Size(width, height), false, grid);
    }
}
