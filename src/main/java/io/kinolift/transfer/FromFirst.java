package io.kinolift.transfer;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.video.Ticks;

/**
 * Counts times from the first frame. A camera's stream may begin at any time, such as microseconds since 1970; a file
 * begins with 0. Where another session begins, times go on behind the last frame.
 */
public final class FromFirst implements Collect.Sink {
    private final Collect.Sink sink;
    private EncodedFrame first;
    private EncodedFrame last;
    /** What is added to a session's times, in the unit of its first frame. */
    private long shift;

    public FromFirst(Collect.Sink sink) {
        this.sink = sink;
    }

    @Override
    public void frame(EncodedFrame frame, Picture picture) throws TransferException {
        if (first == null || first.session() != frame.session()) {
            shift = -frame.pts() + (last == null ? 0 : end(last, frame.timeBase()));
            first = frame;
        }
        last = frame.withPts(frame.pts() + Ticks.nearest(shift, first.timeBase(), frame.timeBase()));
        sink.frame(last, picture);
    }

    private static long end(EncodedFrame frame, Rational unit) {
        return Ticks.nearest(frame.pts() + Math.max(1, frame.duration()), frame.timeBase(), unit);
    }
}
