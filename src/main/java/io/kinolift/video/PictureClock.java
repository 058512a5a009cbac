package io.kinolift.video;

import io.kinolift.frame.Rational;

/** Gives every picture a time: the container's where it has one and it grows, else the frame rate's. */
final class PictureClock {
    /** No time at all, in FFmpeg. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private final Rational step;
    private final boolean synthetic;
    private long count;
    private long last = UNKNOWN;
    private long repaired;

    /**
     * @param step units per frame at the nominal rate, positive
     * @param synthetic whether the container has no times, and FFmpeg's guesses are to be ignored
     */
    PictureClock(Rational step, boolean synthetic) {
        this.step = step;
        this.synthetic = synthetic;
    }

    /** The next picture's pts, larger than the last. */
    long next(long stated) {
        long pts;
        if (synthetic) {
            pts = rounded(count);
        } else if (stated != UNKNOWN) {
            pts = stated;
        } else {
            pts = last == UNKNOWN ? 0 : last + rounded(1);
        }
        boolean grows = last == UNKNOWN || pts > last;
        if (!synthetic && (stated == UNKNOWN || !grows)) {
            repaired++;
        }
        last = grows ? pts : last + 1;
        count++;
        return last;
    }

    /** The stated duration, or one frame at the nominal rate. */
    long duration(long stated) {
        return stated > 0 && !synthetic ? stated : Math.max(1, rounded(1));
    }

    /** Pictures whose time was missing or did not grow. */
    long repaired() {
        return repaired;
    }

    long last() {
        return last;
    }

    private long rounded(long frames) {
        return Math.floorDiv(Rational.of(2 * frames).multiply(step).floorOfProduct(1) + 1, 2);
    }
}
