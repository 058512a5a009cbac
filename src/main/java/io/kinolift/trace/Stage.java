package io.kinolift.trace;

import java.util.Locale;

/** The stages of the work on a frame, whose times are measured. */
public enum Stage {
    DECODE,
    OPERATOR,
    ENCODE;

    /** The name in spans and metrics. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
