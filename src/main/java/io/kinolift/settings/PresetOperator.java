package io.kinolift.settings;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.Operator;
import java.util.Optional;

/**
 * An operator that a preset has chosen: it works as always, and where it refuses a format it names the preset.
 *
 * @param source as {@link Presets#source} has it
 */
record PresetOperator(Operator operator, String source) implements Operator {
    @Override
    public TimeGrid timeGrid() {
        return operator.timeGrid();
    }

    @Override
    public long outputWidth(int width) {
        return operator.outputWidth(width);
    }

    @Override
    public long outputHeight(int height) {
        return operator.outputHeight(height);
    }

    @Override
    public long heapBytes(PixelFormat format, int width, int height) {
        return operator.heapBytes(format, width, height);
    }

    @Override
    public Optional<String> refusal(PixelFormat format, int width, int height, Colour colour) {
        return operator.refusal(format, width, height, colour).map(reason -> reason + source);
    }

    @Override
    public BoundOperator bind(PixelFormat format, int width, int height, Colour colour) {
        return operator.bind(format, width, height, colour);
    }
}
