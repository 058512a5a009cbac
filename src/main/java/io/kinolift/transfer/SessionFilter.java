package io.kinolift.transfer;

import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.Rational;
import io.kinolift.video.Ticks;

/** Which records of a stream belong to what was asked for. */
final class SessionFilter {
    private static final Rational NANOSECOND = Rational.of(1, 1_000_000_000);

    private final Selection selection;
    private Long session;
    private VideoFrame first;

    enum Verdict {
        TAKEN,
        /** A frame before the first that is wanted. */
        EARLY,
        /** Of another session. */
        OTHER,
        END,
        ENOUGH,
        REPLACED
    }

    SessionFilter(Selection selection) {
        this.selection = selection;
    }

    /** The session that frames were taken of; null before the first. */
    Long session() {
        return session;
    }

    Verdict judge(VideoFrame frame) {
        long found = frame.getSession();
        Long wanted = session == null ? selection.session() : session;
        if (wanted != null && found < wanted) {
            return Verdict.OTHER;
        }
        if (wanted != null && found > wanted && !selection.follow() && selection.keepsPart()) {
            // Before a frame of the wanted one, it may be that these lie in another partition.
            return session == null || frame.getEndOfStream() ? Verdict.OTHER : Verdict.REPLACED;
        }
        if (frame.getEndOfStream()) {
            return session == null && selection.keepsPart() && wanted == null ? Verdict.OTHER : Verdict.END;
        }
        session = found;
        if (frame.getSequence() < selection.fromSequence() && (first == null || first.getSession() == found)) {
            return Verdict.EARLY;
        }
        if (first == null) {
            first = frame;
        }
        return isEnough(frame) ? Verdict.ENOUGH : Verdict.TAKEN;
    }

    /** Within the first session: the times of others begin anew. */
    private boolean isEnough(VideoFrame frame) {
        if (selection.duration() == null || frame.getSession() != first.getSession()) {
            return false;
        }
        Rational unit = Rational.of(frame.getTimeBaseNumerator(), frame.getTimeBaseDenominator());
        Rational firstUnit = Rational.of(first.getTimeBaseNumerator(), first.getTimeBaseDenominator());
        long start = Ticks.nearest(first.getPts(), firstUnit, unit);
        return frame.getPts() - start >= Ticks.nearest(selection.duration().toNanos(), NANOSECOND, unit);
    }
}
