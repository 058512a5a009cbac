package io.kinolift.video;

import io.kinolift.frame.Rational;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Timecodes of films and cameras: hours, minutes, seconds and frames. */
final class Timecodes {
    private static final Pattern TIMECODE = Pattern.compile("(\\d+:\\d+:\\d+[:;.])(\\d+)");

    private Timecodes() {}

    /** The same moment where more or fewer frames are counted in a second. */
    static String atRate(String timecode, Rational from, Rational to) {
        Matcher parts = TIMECODE.matcher(timecode);
        if (!parts.matches() || !from.isPositive() || !to.isPositive()) {
            return timecode;
        }
        long frames = Long.parseLong(parts.group(2)) * nominal(to) / nominal(from);
        return String.format(Locale.ROOT, "%s%02d", parts.group(1), frames);
    }

    /** 29.97 counts as 30. */
    private static long nominal(Rational rate) {
        return Math.max(1, Math.round(rate.toDouble()));
    }
}
