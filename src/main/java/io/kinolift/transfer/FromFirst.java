package io.kinolift.transfer;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.video.Ticks;

/**
 * Counts times from the first frame. A camera's stream may begin at any time, such as microseconds since 1970; a file
 * begins with 0. Where another session begins, or the same one anew, times go on behind the last frame.
 */
public final class FromFirst implements Collect.Sink {
    private final Collect.Sink sink;
    private final Sessions sessions;
    private EncodedFrame first;
    /** The one that is shown last. */
    private EncodedFrame last;

    private boolean restarted;

    /** What is added to the times of a run, in the unit of its first frame. */
    private long shift;

    /** Hears where the times of each session go. */
    public interface Sessions {
        /**
         * A session begins, or begins anew; called before its first frame is handed on.
         *
         * @param shift what is added to its times, in that unit
         * @param startMicros the new time of its first frame
         */
        void begins(long session, long shift, Rational unit, long startMicros);
    }

    public FromFirst(Collect.Sink sink) {
        this(sink, null);
    }

    /** @param sessions null if nobody wants to hear */
    public FromFirst(Collect.Sink sink, Sessions sessions) {
        this.sink = sink;
        this.sessions = sessions;
    }

    @Override
    public void frame(EncodedFrame frame, Picture picture) throws TransferException {
        if (begins(frame)) {
            restarted = false;
            shift = -frame.pts() + (last == null ? 0 : end(last, frame.timeBase()));
            first = frame;
            if (sessions != null) {
                long start = Ticks.nearest(frame.pts() + shift, frame.timeBase(), Rational.MICROSECOND);
                sessions.begins(frame.session(), shift, frame.timeBase(), start);
            }
        }
        EncodedFrame shifted = frame.shifted(Ticks.nearest(shift, first.timeBase(), frame.timeBase()));
        boolean isLast = last == null || end(shifted, Rational.MICROSECOND) >= end(last, Rational.MICROSECOND);
        last = isLast ? shifted : last;
        sink.frame(shifted, picture);
    }

    private boolean begins(EncodedFrame frame) {
        if (first == null || first.session() != frame.session() || restarted) {
            return true;
        }
        return frame.sequence() == 0 && frame.discontinuity() && last.sequence() > 0;
    }

    @Override
    public void restart() {
        restarted = true;
        sink.restart();
    }

    private static long end(EncodedFrame frame, Rational unit) {
        return Ticks.nearest(frame.pts() + Math.max(1, frame.duration()), frame.timeBase(), unit);
    }
}
