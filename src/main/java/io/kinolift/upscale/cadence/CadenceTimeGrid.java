package io.kinolift.upscale.cadence;

import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.interpolate.Coordinates;
import io.kinolift.upscale.interpolate.InterpolationTimeGrid;

/**
 * Outputs lie where those of a linear blend do, and depend on all frames that tell which pictures are repeated.
 *
 * @param blend positions of the outputs
 * @param before frames that an output depends on before the one at its position or before it
 */
record CadenceTimeGrid(InterpolationTimeGrid blend, int before, int haloBefore, int haloAfter) implements TimeGrid {
    static CadenceTimeGrid of(InterpolationTimeGrid blend) {
        // With fewer outputs than inputs, repeats are also told of the inputs since the last output.
        long inputs = blend.factor().inverse().ceilOfProduct(1);
        int before = Math.toIntExact(TimeMap.BEFORE + 2 * (inputs - 1));
        Coordinates x = blend.coordinates();
        long p = blend.factor().numerator();
        // An output lies at its input, or up to (p - 1) / p behind it, and from there x.start() / x.denominator() on.
        long ahead = Math.floorDiv(
                Math.addExact(Math.multiplyExact(x.start(), p), Math.multiplyExact(p - 1, x.denominator())),
                Math.multiplyExact(p, x.denominator()));
        long behind = -Math.floorDiv(x.start(), x.denominator());
        return new CadenceTimeGrid(
                blend, before, Math.toIntExact(before + behind), Math.toIntExact(TimeMap.AFTER + ahead));
    }

    @Override
    public Rational factor() {
        return blend.factor();
    }

    @Override
    public long outputCount(long frames) {
        return blend.outputCount(frames);
    }

    @Override
    public long firstTap(long output) {
        return blend.firstTap(output) - before;
    }

    @Override
    public long lastTap(long output) {
        return blend.firstTap(output) + TimeMap.AFTER;
    }

    @Override
    public long nearestInput(long output) {
        return blend.nearestInput(output);
    }
}
