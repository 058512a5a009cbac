package io.kinolift.window;

import java.util.NavigableSet;

/**
 * Decides at which level a window is made, from how late it is. Pure: the clock is an argument. {@code src/doc/latency.md}
 * has the rules for users.
 */
public final class LatencyLevels {
    /** How long a stream must be calm before its first climb. */
    static final long LEAST_HOLD_MILLIS = 3_000;
    /** The longest that failed climbs make it wait. */
    static final long MOST_HOLD_MILLIS = 96_000;
    /** A climb has failed if the stream goes down again within this time, and is proven after it. */
    static final long PROBATION_MILLIS = 10_000;
    /** So many windows must be calm, too: after a silence, time alone says nothing. */
    static final int CALM_WINDOWS = 4;
    /** Two periods that are equally late, at the last level, show that a clock is wrong. */
    static final long CLOCK_PERIOD_MILLIS = 10_000;

    private static final long LEAST_CLOCK_STEADINESS_MILLIS = 20;
    private static final int CLOCK_STEADINESS = 16;

    private LatencyLevels() {}

    /** Whether the level may change between the window before and this one. */
    public static boolean mayChange(FrameWindow window) {
        return window.outputTo() > window.outputFrom();
    }

    /**
     * The level of the next window, and what to remember.
     *
     * @param levels those of the stream's plan, 0 first
     * @param nowMillis wall clock
     * @param latenessMillis how long ago the window could be known of, by the clock of whoever wrote its last record
     * @param mostMillis how late a window may be: half of the budget
     */
    public static LevelHistory next(
            LevelHistory before, NavigableSet<Integer> levels, long nowMillis, long latenessMillis, long mostMillis) {
        LevelHistory history = onClock(known(before, levels, nowMillis), latenessMillis);
        long behind = history.behindMillis();
        Integer lower = levels.higher(history.level());
        if (behind > mostMillis) {
            boolean worse = behind >= before.behindMillis() || behind > 2 * mostMillis;
            return lower == null
                    ? suspectClock(history.calm(nowMillis, 0), nowMillis, latenessMillis, mostMillis)
                    : worse ? down(history, lower, nowMillis) : history.calm(nowMillis, 0);
        }
        LevelHistory trusted = history.period(LevelHistory.NONE, 0, LevelHistory.NONE);
        return 2 * behind > mostMillis
                ? trusted.calm(nowMillis, 0)
                : climb(trusted.calm(trusted.calmSinceMillis(), trusted.calmWindows() + 1), levels, nowMillis);
    }

    /** Settings may have changed since, and clocks may be set back. */
    private static LevelHistory known(LevelHistory history, NavigableSet<Integer> levels, long nowMillis) {
        if (history.calmSinceMillis() == LevelHistory.NONE) {
            return history.changed(0, LEAST_HOLD_MILLIS, nowMillis);
        }
        Integer level = levels.floor(history.level());
        LevelHistory known = level == history.level() ? history : history.changed(level, LEAST_HOLD_MILLIS, nowMillis);
        return known.calmSinceMillis() > nowMillis ? known.calm(nowMillis, 0) : known;
    }

    /** No record is read before it is written: a lateness below what is taken for 0 corrects that. */
    private static LevelHistory onClock(LevelHistory history, long latenessMillis) {
        long clock = Math.min(history.clockMillis(), latenessMillis);
        return history.late(latenessMillis - clock, clock);
    }

    private static LevelHistory down(LevelHistory history, int level, long nowMillis) {
        long lasted = nowMillis - history.changedMillis();
        if (history.climbed() && lasted < PROBATION_MILLIS) {
            return history.changed(level, Math.min(MOST_HOLD_MILLIS, 2 * history.holdMillis()), nowMillis);
        }
        return history.changed(level, lasted < MOST_HOLD_MILLIS ? history.holdMillis() : LEAST_HOLD_MILLIS, nowMillis);
    }

    private static LevelHistory climb(LevelHistory history, NavigableSet<Integer> levels, long nowMillis) {
        boolean proven = history.climbed() && nowMillis - history.changedMillis() >= PROBATION_MILLIS;
        long hold = proven ? Math.max(LEAST_HOLD_MILLIS, history.holdMillis() / 2) : history.holdMillis();
        Integer better = levels.lower(history.level());
        boolean calm = nowMillis - history.calmSinceMillis() >= hold && history.calmWindows() >= CALM_WINDOWS;
        return better != null && calm ? history.changed(better, hold, nowMillis) : history;
    }

    /**
     * A stream that is at its last level, and late, either catches up or falls back. If it is as late as before for a
     * long time, it is late on its way to the topic, or by a wrong clock: nothing that is left out here would help.
     */
    private static LevelHistory suspectClock(
            LevelHistory history, long nowMillis, long latenessMillis, long mostMillis) {
        if (history.periodMillis() == LevelHistory.NONE || history.periodMillis() > nowMillis) {
            return history.period(nowMillis, latenessMillis, LevelHistory.NONE);
        }
        long least = Math.min(history.leastMillis(), latenessMillis);
        if (nowMillis - history.periodMillis() < CLOCK_PERIOD_MILLIS) {
            return history.period(history.periodMillis(), least, history.leastBeforeMillis());
        }
        long steady = Math.max(LEAST_CLOCK_STEADINESS_MILLIS, mostMillis / CLOCK_STEADINESS);
        boolean known = history.leastBeforeMillis() != LevelHistory.NONE;
        return known && Math.abs(least - history.leastBeforeMillis()) <= steady
                ? history.late(latenessMillis - least, least).period(LevelHistory.NONE, 0, LevelHistory.NONE)
                : history.period(nowMillis, latenessMillis, least);
    }
}
