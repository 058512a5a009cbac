package io.kinolift.trace;

import java.util.Locale;

/** What time is spent on, frame by frame. */
public enum Stage {
    DECODE,
    OPERATOR,
    ENCODE;

    /** The name in spans and metrics. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
