package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Picture;
import io.kinolift.upscale.InputFrames;

/**
 * The two pictures on either side of an interpolated output.
 *
 * @param later null if the output lies on {@code earlier}
 * @param remainder the weight of {@code later} over {@code denominator}
 */
record TimeTaps(Picture earlier, Picture later, long remainder, long denominator) {
    /** @param base the input that x counts from */
    static TimeTaps linear(Coordinates x, long base, long output, InputFrames inputs) {
        long first = base + x.floor(output);
        long remainder = x.remainder(output);
        Picture later = remainder == 0 ? null : at(first + 1, inputs);
        return new TimeTaps(at(first, inputs), later, remainder, x.denominator());
    }

    /** A nearest tap is a whole frame, so its denominator is 1. */
    static TimeTaps nearest(Coordinates x, long base, long output, InputFrames inputs) {
        return new TimeTaps(at(base + x.floor(output), inputs), null, 0, 1);
    }

    private static Picture at(long index, InputFrames inputs) {
        return inputs.at(Math.clamp(index, inputs.first(), inputs.last()));
    }

    long weight(int tap) {
        return tap == 0 ? denominator - remainder : remainder;
    }
}
