package io.kinolift.wire.input;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The times of a stream's frames, from the times that came with them. Whole numbers of microseconds, and a function of
 * the times alone, so a replay gives the same.
 *
 * <p>Smoothed times follow a line through the last 32 or so times: an alpha-beta filter whose gains are those of a least
 * squares fit to {@code n} points, alpha = 2(2n - 1) / (n(n + 1)) and beta = 6 / (n(n + 1)), with n at most 32. So a
 * constant rate is found within a second, and jitter shrinks to about a third. Every time is later than the one before.
 *
 * <p>A time that is more than the limit before the line is not believed, nor is one more than the longest jump ahead: the
 * frame gets the time at which it was due. If the next time goes on from there, the clock was set: a jump ahead is
 * followed, and behind a jump back, times go on as if there were none. Shorter jumps ahead are pauses, and believed.
 */
public final class StreamClock {
    private static final int MOST_POINTS = 32;
    /** How many points a rate is worth that somebody has stated. */
    private static final int STATED_POINTS = 8;

    private static final int FRACTION_BITS = 10;
    private static final long NONE = Long.MIN_VALUE;

    /** Points of the line so far; 0 before the first time. */
    private int points;

    private long lastMicros;
    private long dueMicros;
    /** Times {@code 1 << FRACTION_BITS}. */
    private long period;
    /** Added to every time since it was set back. */
    private long shiftMicros;
    /** The last time, if it was not believed. */
    private long doubted = NONE;

    private boolean jumped;

    /**
     * How times are followed.
     *
     * @param smoothed whether jitter is taken out
     * @param limitMicros how far from the line a time may be
     * @param jumpMicros how long a pause may be
     * @param periodMicros between two frames where somebody has stated a rate; else 0
     */
    public record Rule(boolean smoothed, long limitMicros, long jumpMicros, long periodMicros) {}

    /** The time of the next frame. */
    public long follow(long micros, Rule rule) {
        jumped = false;
        if (points == 0) {
            begin(micros, rule, rule.periodMicros() << FRACTION_BITS);
            return lastMicros;
        }
        long error = micros + shiftMicros - dueMicros;
        boolean confirmed = doubted != NONE
                && micros >= doubted
                && micros - doubted <= rule.limitMicros() + (period >> FRACTION_BITS);
        doubted = NONE;
        if (error > rule.limitMicros()) {
            if (confirmed || error <= rule.jumpMicros()) {
                jumped = confirmed;
                begin(Math.max(lastMicros + 1, micros + shiftMicros), rule, period);
            } else {
                doubt(micros);
            }
        } else if (error < -rule.limitMicros()) {
            if (confirmed) {
                jumped = true;
                shiftMicros -= error;
                begin(Math.max(lastMicros + 1, dueMicros), rule, period);
            } else {
                doubt(micros);
            }
        } else {
            smooth(error, rule);
        }
        return lastMicros;
    }

    /** Whether the last time followed a clock that was set. */
    public boolean hasJumped() {
        return jumped;
    }

    private void begin(long micros, Rule rule, long newPeriod) {
        lastMicros = micros;
        period = newPeriod;
        dueMicros = micros + (newPeriod >> FRACTION_BITS);
        points = rule.periodMicros() > 0 ? STATED_POINTS : 1;
    }

    private void doubt(long micros) {
        doubted = micros;
        advance(dueMicros);
    }

    private void smooth(long error, Rule rule) {
        points = rule.smoothed() ? Math.min(points + 1, MOST_POINTS) : 2;
        long parts = (long) points * (points + 1);
        long micros = dueMicros + Math.floorDiv(error * 2 * (2L * points - 1), parts);
        period = Math.max(0, period + Math.floorDiv((error << FRACTION_BITS) * 6, parts));
        advance(micros);
    }

    private void advance(long micros) {
        lastMicros = Math.max(lastMicros + 1, micros);
        dueMicros = micros + (period >> FRACTION_BITS);
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(points);
        for (long value : new long[] {lastMicros, dueMicros, period, shiftMicros, doubted}) {
            out.writeLong(value);
        }
    }

    static StreamClock read(DataInput in) throws IOException {
        StreamClock clock = new StreamClock();
        clock.points = in.readByte();
        clock.lastMicros = in.readLong();
        clock.dueMicros = in.readLong();
        clock.period = in.readLong();
        clock.shiftMicros = in.readLong();
        clock.doubted = in.readLong();
        return clock;
    }
}
