package io.kinolift.window;

/** The named reasons for which a frame is dropped without a dead letter. */
public enum DropPolicy {
    /** A frame with this sequence is already there or was already upscaled. */
    DUPLICATE,
    /** Its place was declared missing before it came. */
    LATE,
    /** It belongs to an earlier run of the producer. */
    OLD_SESSION,
    /** It came after the end of its stream. */
    AFTER_END,
    /** What it may refer to is missing: no key frame has come yet, or none since something was lost. */
    NO_REFERENCE
}
