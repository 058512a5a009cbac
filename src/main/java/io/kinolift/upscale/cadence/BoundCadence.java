package io.kinolift.upscale.cadence;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.upscale.Bands;
import io.kinolift.upscale.Between;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.interpolate.Coordinates;

/** {@link CadenceOperator} for pictures of one format. */
record BoundCadence(
        Coordinates coordinates, Between.Bound between, PixelFormat outputFormat, int outputWidth, int outputHeight)
        implements BoundOperator {
    @Override
    public void upscale(long output, InputFrames inputs, Picture out, Bands bands) {
        TimeMap.Place place =
                TimeMap.at(coordinates.floor(output), coordinates.remainder(output), coordinates.denominator(), inputs);
        between.make(
                inputs.at(place.earlier()),
                inputs.at(place.later()),
                place.numerator(),
                place.denominator(),
                out,
                bands);
    }

    @Override
    public long scratchBytes() {
        return between.scratchBytes();
    }

    @Override
    public boolean isRepeat(long input, InputFrames inputs) {
        return TimeMap.isRepeat(input, inputs);
    }
}
