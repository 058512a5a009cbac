package io.kinolift.transfer;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What of a stream is collected.
 *
 * @param session the one that is taken; null for the first that comes
 * @param fromSequence frames before are left out
 * @param duration after the first frame that is taken, at which collecting ends; null if it is not limited
 * @param follow whether the stream's next sessions are taken too
 * @param keepsPart whether a stream that falls silent, or is replaced, is an end with what there is, not an error
 * @param stopped whether an end has been asked for
 */
public record Selection(
        Long session,
        long fromSequence,
        Duration duration,
        boolean follow,
        boolean keepsPart,
        BooleanSupplier stopped) {
    /** All of it, up to its end; anything else is an error. */
    public static final Selection ALL = new Selection(null, 0, null, false, false, () -> false);
}
