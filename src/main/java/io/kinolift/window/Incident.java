package io.kinolift.window;

/** Unusual events of a stream, apart from dropped frames; each is counted per session. */
public enum Incident {
    /** Places were declared missing: the reorder bound was passed, or the end came first. */
    GAP,
    /** One place that was declared missing. */
    MISSING_FRAME,
    /** Frame 0 came again in the same session, after the end or marked as a discontinuity: numbers begin anew. */
    RESTART,
    /** A frame was marked: something is missing or cut just before it. */
    DISCONTINUITY,
    /** Size, pixel format, codec, colour, shape of samples or time base changed within a run. */
    FORMAT_CHANGE,
    /** Settings that shape output changed while the stream was open. */
    SETTINGS_CHANGE,
    /** The end came again. */
    REPEATED_END,
    /** The end of an earlier session came. */
    OLD_END,
    /** The stream was silent for too long and was ended without an end record. */
    END_BY_TIMEOUT,
    /** The stream was idle, and its segment ended to make room for another stream. */
    REST
}
