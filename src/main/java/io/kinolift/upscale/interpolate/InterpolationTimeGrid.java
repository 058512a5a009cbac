package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;

/** Time taps of interpolation: the two neighbours of a position, or the single input that lies on it. */
public record InterpolationTimeGrid(
        Rational factor, Coordinates coordinates, boolean nearest, int haloBefore, int haloAfter) implements TimeGrid {
    public static InterpolationTimeGrid of(Interpolation settings) {
        Rational factor = settings.temporalFactor();
        boolean nearest = settings.mode() == Mode.NEAREST;
        boolean onSource = nearest || settings.temporalGrid() == TemporalGrid.SOURCE;
        Coordinates x = Coordinates.centred(factor, onSource ? Rational.ZERO : Coordinates.HALF);
        // Over a period, o / factor takes every fraction f of 0, 1/p, .., (p-1)/p once, and x lies a constant c
        // behind: the first tap is farthest back at the smallest f, the last tap farthest ahead at the largest.
        int before = Math.toIntExact(Math.max(0, -Math.floorDiv(x.start(), x.denominator())));
        long p = factor.numerator();
        long ahead = Math.ceilDiv(
                Math.addExact(Math.multiplyExact(x.start(), p), Math.multiplyExact(p - 1, x.denominator())),
                Math.multiplyExact(p, x.denominator()));
        return new InterpolationTimeGrid(factor, x, nearest, before, nearest ? 0 : Math.toIntExact(Math.max(0, ahead)));
    }

    @Override
    public long outputCount(long frames) {
        return factor.floorOfProduct(frames);
    }

    @Override
    public long firstTap(long output) {
        return coordinates.floor(output);
    }

    @Override
    public long lastTap(long output) {
        long floor = coordinates.floor(output);
        return nearest || coordinates.remainder(output) == 0 ? floor : floor + 1;
    }

    @Override
    public long nearestInput(long output) {
        long floor = coordinates.floor(output);
        return !nearest && 2 * coordinates.remainder(output) > coordinates.denominator() ? floor + 1 : floor;
    }
}
