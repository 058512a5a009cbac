package io.kinolift.video;

import io.kinolift.frame.Rational;

/**
 * Puts the times of a video on the ticks of its container. A time becomes the nearest tick, and at least one more than
 * the time before; the two agree as long as there are no more pictures than ticks.
 */
final class ContainerClock {
    /** A picture's duration has 31 bits in mp4; a still one must be able to stand for a minute. */
    private static final long MAX_TICKS_PER_SECOND = Integer.MAX_VALUE / 60;

    /** Where a rate leaves the choice open: no coarser than MPEG's own clock. */
    private static final long FINE_TICKS_PER_SECOND = 90_000;

    private final Rational tick;
    private long last = PictureClock.UNKNOWN;

    /** @param tick seconds, as the container has agreed to */
    ContainerClock(Rational tick) {
        this.tick = tick;
    }

    /**
     * The tick to ask a container for: one that holds every time of a clock exactly; else one that holds the frame rate
     * exactly; else a microsecond. A container with a clock of its own takes that instead.
     *
     * @param unit seconds per unit of the times to come
     * @param frameRate nominal, positive
     */
    static Rational preferredTick(Rational unit, Rational frameRate) {
        if (unit.denominator() <= MAX_TICKS_PER_SECOND) {
            return Rational.of(1, unit.denominator());
        }
        if (frameRate.numerator() > MAX_TICKS_PER_SECOND) {
            return Rational.MICROSECOND;
        }
        return Rational.of(1, frameRate.numerator() * Math.ceilDiv(FINE_TICKS_PER_SECOND, frameRate.numerator()));
    }

    /** @throws ArithmeticException if the time has no place in 64 bits */
    long place(long time, Rational unit) {
        long nearest = Ticks.nearest(time, unit, tick);
        last = last == PictureClock.UNKNOWN ? nearest : Math.max(nearest, Math.addExact(last, 1));
        return last;
    }

    /** From the tick last placed to the nearest to an end; 0 where that is not behind it. */
    long until(long end, Rational unit) {
        return Math.max(0, Ticks.nearest(end, unit, tick) - last);
    }
}
