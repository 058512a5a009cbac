package io.kinolift.upscale.compose;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.Operator;

/**
 * Each output is the input that it mainly shows by another operator's positions in time, enlarged by a spatial operator.
 *
 * @param shown positions in time of the other operator
 * @param spatial an operator without an extent in time
 */
public record NearestInTime(TimeGrid shown, Operator spatial) implements Operator {
    /** @throws IllegalArgumentException if the spatial operator looks at more than one input */
    public NearestInTime {
        ComposedOperator.requireSpatial(spatial.timeGrid());
    }

    @Override
    public TimeGrid timeGrid() {
        return new OneTap(shown);
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
    public BoundOperator bind(PixelFormat format, int width, int height, Colour colour) {
        return new Bound(shown, spatial.bind(format, width, height, colour));
    }

    private record Bound(TimeGrid shown, BoundOperator spatial) implements BoundOperator {
        @Override
        public PixelFormat outputFormat() {
            return spatial.outputFormat();
        }

        @Override
        public int outputWidth() {
            return spatial.outputWidth();
        }

        @Override
        public int outputHeight() {
            return spatial.outputHeight();
        }

        @Override
        public long scratchBytes() {
            return spatial.scratchBytes();
        }

        @Override
        public void upscale(long output, InputFrames inputs, Picture out, Bands bands) {
            long input = Math.clamp(shown.nearestInput(output), inputs.first(), inputs.last());
            spatial.upscale(0, new OnePicture(inputs.at(input)), out, bands);
        }
    }

    /** The counts of a grid, and of its taps the nearest. */
    private record OneTap(TimeGrid grid) implements TimeGrid {
        @Override
        public Rational factor() {
            return grid.factor();
        }

        @Override
        public int haloBefore() {
            return grid.haloBefore();
        }

        @Override
        public int haloAfter() {
            return grid.haloAfter();
        }

        @Override
        public long outputCount(long frames) {
            return grid.outputCount(frames);
        }

        @Override
        public long firstSequence(long segmentStart) {
            return grid.firstSequence(segmentStart);
        }

        @Override
        public long firstTap(long output) {
            return grid.nearestInput(output);
        }

        @Override
        public long lastTap(long output) {
            return grid.nearestInput(output);
        }

        @Override
        public long nearestInput(long output) {
            return grid.nearestInput(output);
        }
    }
}
