package io.kinolift.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The level of a stream, and all that the next one is decided by. {@link LatencyLevels} computes each from
 * the one before. Times are
 * milliseconds of the wall clock of whoever decides.
 *
 * @param level how far below its plan the stream is; 0 for as planned
 * @param changedMillis when the level last changed
 * @param climbed whether it then became lower, that is better
 * @param holdMillis how long a stream must be calm before it climbs; longer after a climb that failed
 * @param calmSinceMillis since when no window was late by half of the budget
 * @param calmWindows how many windows since then
 * @param behindMillis how late the last window was, clocks set right
 * @param clockMillis what is taken off a lateness, because the clock of the producer is off by so much
 * @param periodMillis when the present period of looking for a wrong clock began; {@link #NONE} outside of one
 * @param leastMillis the least lateness of that period
 * @param leastBeforeMillis the least lateness of the period before; {@link #NONE} if there was none
 */
public record LevelHistory(
        int level,
        long changedMillis,
        boolean climbed,
        long holdMillis,
        long calmSinceMillis,
        long calmWindows,
        long behindMillis,
        long clockMillis,
        long periodMillis,
        long leastMillis,
        long leastBeforeMillis) {
    static final long NONE = Long.MIN_VALUE;

    /** Of a stream that no level was decided for. */
    public static final LevelHistory START =
            new LevelHistory(0, NONE, false, LatencyLevels.LEAST_HOLD_MILLIS, NONE, 0, 0, 0, NONE, 0, NONE);

    static void write(LevelHistory history, DataOutput out) throws IOException {
        // Most streams have no budget.
        out.writeBoolean(!history.equals(START));
        if (history.equals(START)) {
            return;
        }
        out.writeInt(history.level);
        out.writeBoolean(history.climbed);
        for (long value : new long[] {
            history.changedMillis,
            history.holdMillis,
            history.calmSinceMillis,
            history.calmWindows,
            history.behindMillis,
            history.clockMillis,
            history.periodMillis,
            history.leastMillis,
            history.leastBeforeMillis
        }) {
            out.writeLong(value);
        }
    }

    static LevelHistory read(DataInput in) throws IOException {
        if (!in.readBoolean()) {
            return START;
        }
        int level = in.readInt();
        boolean climbed = in.readBoolean();
        return new LevelHistory(
                level,
                in.readLong(),
                climbed,
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    LevelHistory changed(int to, long hold, long nowMillis) {
        return new LevelHistory(
                to, nowMillis, to < level, hold, nowMillis, 0, behindMillis, clockMillis, NONE, 0, NONE);
    }

    LevelHistory calm(long sinceMillis, long windows) {
        return new LevelHistory(
                level,
                changedMillis,
                climbed,
                holdMillis,
                sinceMillis,
                windows,
                behindMillis,
                clockMillis,
                periodMillis,
                leastMillis,
                leastBeforeMillis);
    }

    LevelHistory late(long behind, long clock) {
        return new LevelHistory(
                level,
                changedMillis,
                climbed,
                holdMillis,
                calmSinceMillis,
                calmWindows,
                behind,
                clock,
                periodMillis,
                leastMillis,
                leastBeforeMillis);
    }

    LevelHistory period(long since, long least, long before) {
        return new LevelHistory(
                level,
                changedMillis,
                climbed,
                holdMillis,
                calmSinceMillis,
                calmWindows,
                behindMillis,
                clockMillis,
                since,
                least,
                before);
    }
}
