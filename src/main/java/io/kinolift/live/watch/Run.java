package io.kinolift.live.watch;

import io.kinolift.ffmpeg.ScreenScaler;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.sound.SoundAhead;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import io.kinolift.video.Ticks;
import io.kinolift.video.fragment.FragmentWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outputs without a break, encoded with one header. Its times go on where those of the run before end: not all players
 * see a discontinuity in time. A part is cut before it would become longer
 * than the target, a segment when it has the length of several parts.
 *
 * <p>The last picture waits for the next one, whose time says how long it is shown. Sound may trail the pictures a little,
 * for it comes on a way of its own; what has not come by then is silence.
 */
final class Run implements AutoCloseable {
    private static final double PART_SECONDS = 0.25;
    private static final int PARTS_IN_A_SEGMENT = 4;
    private static final double USUAL_FRAME_SECONDS = 1 / 30.0;
    /** Longer parts would let players wait. */
    private static final double LONGEST_FRAME_SECONDS = 10;
    /** Less than players stay behind. */
    private static final double SOUND_TRAILS_SECONDS = 0.5;

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    private final EncodedFrame first;
    private final long startMicros;
    private final double unit;
    private final long frameTicks;
    private final long partTicks;
    private final int width;
    private final int height;
    private final Colour colour;
    private final ScreenScaler scaler = new ScreenScaler();
    private final FragmentWriter writer;
    private final Timeline timeline;
    private final SoundAhead sound;
    private final SoundTrack track;
    private final WatchFigures figures;

    private boolean soundEnded;
    /** The picture that waits; null if none does. */
    private EncodedFrame last;

    /** Where the placed pictures end, from the first one on. */
    private long placedEnd;

    private long partPlaced;
    private long segmentPlaced;
    /** Whether the last picture has been given out as if it were shown for the usual time. */
    private boolean rests;

    /**
     * Encodes nothing yet.
     *
     * @param startMicros where the run before ends
     * @param maxHeight of what is encoded; 0 for any
     * @param gap from the picture before it to the first one, in its time base; 0 if there was none
     * @param track the sound; null for none
     * @throws VideoException if FFmpeg does not accept the pictures or the sound
     */
    Run(
            EncodedFrame first,
            long gap,
            long startMicros,
            int maxHeight,
            Timeline timeline,
            SoundAhead sound,
            SoundTrack track,
            WatchFigures figures)
            throws VideoException {
        this.first = first;
        this.startMicros = startMicros;
        this.timeline = timeline;
        this.sound = sound;
        this.track = track;
        this.figures = figures;
        FrameFormat format = first.format();
        Rational timeBase = first.timeBase();
        unit = timeBase.toDouble();
        frameTicks = frameTicks(first, gap);
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
                    timeBase.multiply(Rational.of(frameTicks)).inverse(),
                    startMicros,
                    track);
            opened = true;
        } finally {
            if (!opened) {
                scaler.close();
            }
        }
    }

    /** How long a picture is shown that none follows; whatever the record says, not longer than players can wait. */
    static long frameTicks(EncodedFrame first, long gap) {
        double unit = first.timeBase().toDouble();
        for (long ticks : new long[] {first.duration(), gap}) {
            if (ticks > 0 && ticks * unit <= LONGEST_FRAME_SECONDS) {
                return ticks;
            }
        }
        return Math.max(1, Math.round(USUAL_FRAME_SECONDS / unit));
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

    /** Whether the frame behind this one could still follow the last one. */
    boolean canDoWithout(EncodedFrame frame) {
        return continuesWith(frame) && !rests && frame.pts() - last.pts() + frameTicks <= partTicks;
    }

    /** Whether no picture has been encoded. */
    boolean isEmpty() {
        return last == null;
    }

    /** Where what has been placed ends. */
    long endMicros() {
        return startMicros + Ticks.nearest(placedEnd, first.timeBase(), Rational.MICROSECOND);
    }

    /** Whether such sound can be heard in it. */
    boolean hears(SoundTrack other) {
        return track != null && track.isDecodedAs(other);
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
        placedEnd = last.pts() - first.pts() + duration;
        partPlaced += duration;
        segmentPlaced += duration;
    }

    private void cut() throws VideoException {
        if (partPlaced > 0) {
            boolean isFirst = segmentPlaced == partPlaced;
            // A player must find both tracks in the first part.
            addSound(placedEnd == partPlaced ? 0 : Math.round(SOUND_TRAILS_SECONDS / unit));
            timeline.add(new Part(writer.cut(), partPlaced * unit, isFirst));
            partPlaced = 0;
        }
    }

    /** Puts the sound that has come into the part, as far as its pictures go. */
    private void addSound(long trails) {
        if (track == null || soundEnded) {
            return;
        }
        long until = Ticks.nearest(first.pts() + placedEnd, first.timeBase(), Rational.MICROSECOND) - 1;
        try {
            for (SoundPacket next = sound.next(first.session(), until);
                    next != null;
                    next = sound.next(first.session(), until)) {
                if (!hears(next.track()) || !writer.addSound(next.later(-first.pts(), first.timeBase()))) {
                    figures.soundLeftOut();
                }
            }
            writer.fillSoundUntil(placedEnd - trails);
        } catch (VideoException e) {
            soundEnded = true;
            LOG.warn("stream {} is watched without its sound: {}", first.streamId(), e.getMessage());
        }
    }

    /** As {@link #addSound}, to the very end: the next run begins there. */
    private void endSound() {
        addSound(0);
        if (track == null || soundEnded) {
            return;
        }
        soundEnded = true;
        try {
            writer.endSound();
        } catch (VideoException e) {
            LOG.warn("the end of the sound of stream {} is missing: {}", first.streamId(), e.getMessage());
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

    /** As {@link #rest}, when no other picture of the run will come. */
    void finish() throws VideoException {
        if (last != null && !rests) {
            place(frameTicks);
            endSound();
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
