package io.kinolift.upscale.level;

import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;

/**
 * Positions of a stand-in's outputs: all is as planned but the taps.
 *
 * @param planned of the operator that it stands in for
 * @param cheaper its own
 */
record StandInGrid(TimeGrid planned, TimeGrid cheaper) implements TimeGrid {
    /** Periods of more outputs than these are not looked through. */
    private static final long MOST_OUTPUTS = 1 << 12;

    /** Whether outputs are as many, and need no other inputs. Positions repeat with every numerator of the factor. */
    static boolean fits(TimeGrid planned, TimeGrid cheaper) {
        if (planned.equals(cheaper)) {
            return true;
        }
        long period = planned.factor().numerator();
        if (!planned.factor().equals(cheaper.factor()) || period > MOST_OUTPUTS) {
            return false;
        }
        for (long output = 0; output < period; output++) {
            if (cheaper.firstTap(output) < planned.firstTap(output)
                    || cheaper.lastTap(output) > planned.lastTap(output)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Rational factor() {
        return planned.factor();
    }

    @Override
    public int haloBefore() {
        return planned.haloBefore();
    }

    @Override
    public int haloAfter() {
        return planned.haloAfter();
    }

    @Override
    public long outputCount(long frames) {
        return planned.outputCount(frames);
    }

    @Override
    public long outputsBefore(long input) {
        return planned.outputsBefore(input);
    }

    @Override
    public long firstSequence(long segmentStart) {
        return planned.firstSequence(segmentStart);
    }

    @Override
    public long owner(long output) {
        return planned.owner(output);
    }

    @Override
    public long firstTap(long output) {
        return cheaper.firstTap(output);
    }

    @Override
    public long lastTap(long output) {
        return cheaper.lastTap(output);
    }

    /** That of the plan, so that a frame that cannot be decoded costs the same outputs at every level. */
    @Override
    public long nearestInput(long output) {
        return planned.nearestInput(output);
    }
}
