package io.kinolift.engine;

import java.util.Locale;

/**
 * How an output is made to keep up with a live stream. Each level gives up one thing more than the one before; records
 * hold its number, which is its place in this list.
 */
public enum Level {
    /** All that the plan says. */
    PLANNED,
    /** Fitted weights in the place of adaptive ones. */
    FITTED,
    /** Linear interpolation in space in the place of weights, networks and bicubic. */
    TRILINEAR,
    /** A blend of two frames in the place of one along the motion. */
    BLEND,
    /** Each output shows its nearest source frame, still enlarged by linear interpolation. */
    SPATIAL,
    /** Source frames, enlarged by nearest. */
    NEAREST;

    /** Its number in records. */
    public int number() {
        return ordinal();
    }

    /** A number with its name, for people; numbers of newer versions have none. */
    public static String text(int number) {
        return number >= 0 && number < values().length
                ? number + " (" + values()[number].name().toLowerCase(Locale.ROOT) + ")"
                : Integer.toString(number);
    }
}
