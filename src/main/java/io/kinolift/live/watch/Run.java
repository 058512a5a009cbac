package io.kinolift.live.watch;

import io.kinolift.ffmpeg.ScreenScaler;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.video.fragment.FragmentWriter;

/**
 * Outputs without a break, encoded with one header. Its times begin with 0. A part is cut before it would become longer
 * than the target, a segment when it has the length of several parts.
 *
 * <p>The last picture waits for the next one, whose time says how long it is shown.
 */
final class Run implements AutoCloseable {
    private static final double PART_SECONDS = 0.25;
    private static final int PARTS_IN_A_SEGMENT = 4;
    private static final double USUAL_FRAME_SECONDS = 1 / 30.0;

    private final EncodedFrame first;
    private final double unit;
    private final long frameTicks;
    private final long partTicks;
    private final int width;
    private final int height;
    private final Colour colour;
    private final ScreenScaler scaler = new ScreenScaler();
    private final FragmentWriter writer;
    private final Timeline timeline;

    /** The picture that waits; null if none does. */
    private EncodedFrame last;

    private long partPlaced;
    private long segmentPlaced;
    /** Whether the last picture has been given out as if it were shown for the usual time. */
    private boolean rests;

    /** @param maxHeight of what is encoded; 0 for any */
    Run(EncodedFrame first, int maxHeight, Timeline timeline) throws VideoException {
        this.first = first;
        this.timeline = timeline;
        FrameFormat format = first.format();
        Rational timeBase = first.timeBase();
        unit = timeBase.toDouble();
        frameTicks = first.duration() > 0 ? first.duration() : Math.max(1, Math.round(USUAL_FRAME_SECONDS / unit));
        partTicks = frameTicks * Math.max(1, Math.round(PART_SECONDS / (frameTicks * unit)));
        double scale = maxHeight == 0 ? 1 : Math.min(1, maxHeight / (double) format.height());
        width = even(format.width() * scale);
        height = even(format.height() * scale);
        colour = ScreenScaler.ofVideo(format.colour(), height);
        boolean opened = false;
        try {
            writer = new FragmentWriter(
                    width,
                    height,
                    format.sampleAspectRatio(),
                    colour,
                    timeBase,
                    timeBase.multiply(Rational.of(frameTicks)).inverse());
            opened = true;
        } finally {
            if (!opened) {
                scaler.close();
            }
        }
    }

    private static int even(double size) {
        return Math.max(2, 2 * (int) Math.round(size / 2));
    }

    /** Whether a frame can follow the last one: the same in kind, and neither too early nor too late. */
    boolean continuesWith(EncodedFrame frame) {
        if (last == null
                || frame.discontinuity()
                || frame.session() != last.session()
                || !frame.timeBase().equals(first.timeBase())
                || !frame.format().equals(first.format())) {
            return false;
        }
        long gap = frame.pts() - last.pts();
        return rests ? gap == frameTicks : gap > 0 && gap <= partTicks;
    }

    /**
     * Encodes a frame.
     *
     * @param decoded stays the caller's
     * @throws VideoException if it cannot be encoded; the run cannot go on
     */
    void add(EncodedFrame frame, Picture decoded) throws VideoException {
        try (Picture picture = scaler.convert(decoded, frame.format().colour(), width, height, colour)) {
            if (last != null && !rests) {
                place(frame.pts() - last.pts());
            }
            boolean begins = last == null || rests || segmentPlaced >= PARTS_IN_A_SEGMENT * partTicks - frameTicks / 2;
            if (begins || partPlaced >= partTicks - frameTicks / 2) {
                cut();
            }
            if (last == null) {
                // Not before: a run without a picture would be a discontinuity that nobody sees.
                timeline.beginRun(writer.header(), partTicks * unit, PARTS_IN_A_SEGMENT * partTicks * unit);
            }
            if (begins) {
                segmentPlaced = 0;
                timeline.beginSegment(takenMillis(frame));
            }
            writer.encode(picture, begins);
        }
        last = frame;
        rests = false;
    }

    private static long takenMillis(EncodedFrame frame) {
        return frame.captureMicros() > 0 ? frame.captureMicros() / 1000 : System.currentTimeMillis();
    }

    private void place(long duration) throws VideoException {
        if (partPlaced > 0 && partPlaced + duration > partTicks) {
            cut();
        }
        writer.place(last.pts() - first.pts(), duration);
        partPlaced += duration;
        segmentPlaced += duration;
    }

    private void cut() throws VideoException {
        if (partPlaced > 0) {
            boolean isFirst = segmentPlaced == partPlaced;
            timeline.add(new Part(writer.cut(), partPlaced * unit, isFirst));
            partPlaced = 0;
        }
    }

    /** Gives out the picture that waits for the next one. If that comes after all, it begins a segment. */
    void rest() throws VideoException {
        if (last != null && !rests) {
            place(frameTicks);
            cut();
            rests = true;
        }
    }

    @Override
    public void close() {
        writer.close();
        scaler.close();
    }
}
