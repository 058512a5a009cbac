package io.kinolift.transfer;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import io.kinolift.video.Ticks;

/**
 * Counts times from the first frame. A camera's stream may begin at any time, such as microseconds since 1970; a file
 * begins with 0.
 */
public final class FromFirst implements Collect.Sink {
    private final Collect.Sink sink;
    private EncodedFrame first;

    public FromFirst(Collect.Sink sink) {
        this.sink = sink;
    }

    @Override
    public void frame(EncodedFrame frame, Picture picture) throws TransferException {
        if (first == null) {
            first = frame;
        }
        long start = Ticks.nearest(first.pts(), first.timeBase(), frame.timeBase());
        sink.frame(
                new EncodedFrame(
                        frame.streamId(),
                        frame.session(),
                        frame.sequence(),
                        frame.pts() - start,
                        frame.duration(),
                        frame.timeBase(),
                        frame.format(),
                        frame.keyFrame(),
                        frame.discontinuity(),
                        frame.captureMicros(),
                        frame.payload()),
                picture);
    }
}
