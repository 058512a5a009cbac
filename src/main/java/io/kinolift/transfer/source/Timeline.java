package io.kinolift.transfer.source;

import io.kinolift.frame.Rational;
import io.kinolift.video.Ticks;
import io.kinolift.video.TimedPicture;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One clock over all that a source gives, in the time base of its first opening. Where the source begins anew or sets its
 * clock back, times go on behind the last picture; where it was away, they go on by the time that passed meanwhile.
 */
final class Timeline {
    private static final Rational NANOSECOND = Rational.of(1, 1_000_000_000);
    /** The application refuses a frame so far ahead, unless it is marked; see kinolift.time.jump.ms. */
    private static final Duration LEAP = Duration.ofHours(1);

    private final Rational timeBase;
    private final Consumer<String> told;
    /** Whether a picture has been given. */
    private boolean given;
    /** Whether one has been whose place in the order is known. */
    private boolean any;

    private long last;
    private long lastShown = Long.MIN_VALUE;
    private long lastDuration = 1;
    private long lastNanos;
    private long shift;
    private boolean begins;
    private boolean wasAway;

    Timeline(Rational timeBase, Consumer<String> told) {
        this.timeBase = timeBase;
        this.told = told;
    }

    Rational timeBase() {
        return timeBase;
    }

    /**
     * The next picture is the first of an opening.
     *
     * @param away whether there was a time without pictures
     */
    void begin(boolean away) {
        begins = true;
        wasAway = away;
    }

    /** @param from the time base of the picture */
    TimedPicture place(TimedPicture picture, Rational from) {
        long pts = Ticks.nearest(picture.pts(), from, timeBase);
        long lead = Ticks.nearest(picture.lead(), from, timeBase);
        long order = pts - lead;
        long duration = Ticks.nearest(picture.duration(), from, timeBase);
        // Of a picture without dts nobody knows when it should come.
        boolean ordered = picture.coded() == null || picture.coded().hasDts();
        boolean mark = picture.discontinuity();
        if (given && begins) {
            set(order, pts, wasAway ? elapsed() : 0, null);
            mark = true;
        } else if (any && ordered && order + shift <= last) {
            set(order, pts, 0, "the source's clock went back");
            mark = true;
        } else if (any && ordered && order + shift - last > Ticks.nearest(LEAP.toNanos(), NANOSECOND, timeBase)) {
            told.accept(
                    "the source's clock leapt ahead by more than an hour; its next frame is marked as a discontinuity");
            mark = true;
        } else if (mark) {
            told.accept("the source's clock was set; times go on, the next frame is marked as a discontinuity");
        }
        begins = false;
        boolean marked = given && mark;
        given = true;
        if (ordered) {
            last = order + shift;
            any = true;
        }
        lastDuration = Math.max(1, duration);
        lastShown = Math.max(lastShown, pts + shift);
        lastNanos = System.nanoTime();
        return picture.at(pts + shift, duration, marked).leading(lead);
    }

    /** What has been added to the times of the last picture, in units of the time base. */
    long shift() {
        return shift;
    }

    /** What comes next is also shown after all that has been given. */
    private void set(long order, long pts, long elapsedTicks, String why) {
        long pause = Math.max(lastDuration, elapsedTicks);
        long behindShown = lastShown + pause - pts;
        shift = any ? Math.max(last + pause - order, behindShown) : behindShown;
        if (why != null) {
            told.accept(why + ": times go on, the next frame is marked as a discontinuity");
        }
    }

    private long elapsed() {
        return Ticks.nearest(System.nanoTime() - lastNanos, NANOSECOND, timeBase);
    }
}
