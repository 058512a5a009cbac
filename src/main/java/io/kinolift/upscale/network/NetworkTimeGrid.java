package io.kinolift.upscale.network;

import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import io.kinolift.upscale.interpolate.Coordinates;
import io.kinolift.upscale.interpolate.TemporalGrid;

/** Time taps of a network: its halo on either side of the input that an output belongs to, and chroma's neighbours. */
final class NetworkTimeGrid implements TimeGrid {
    private final int factor;
    private final int halo;
    private final Coordinates centres;

    NetworkTimeGrid(NetworkUpsampling settings) {
        factor = settings.network().factors()[0];
        halo = settings.halo()[0];
        centres = Coordinates.centred(
                Rational.of(factor), settings.grid() == TemporalGrid.SOURCE ? Rational.ZERO : Coordinates.HALF);
    }

    /** The positions of outputs in time. */
    Coordinates centres() {
        return centres;
    }

    int halo() {
        return halo;
    }

    @Override
    public Rational factor() {
        return Rational.of(factor);
    }

    @Override
    public int haloBefore() {
        return Math.max(halo, Math.toIntExact(-Math.min(0, centres.floor(0))));
    }

    @Override
    public int haloAfter() {
        return Math.max(halo, factor > 1 ? 1 : 0);
    }

    @Override
    public long outputCount(long frames) {
        return Math.multiplyExact(frames, factor);
    }

    @Override
    public long firstTap(long output) {
        return Math.min(owner(output) - halo, centres.floor(output));
    }

    @Override
    public long lastTap(long output) {
        return Math.max(owner(output) + halo, centres.floor(output) + (centres.remainder(output) > 0 ? 1 : 0));
    }

    @Override
    public long nearestInput(long output) {
        return centres.floor(output) + (2 * centres.remainder(output) > centres.denominator() ? 1 : 0);
    }
}
