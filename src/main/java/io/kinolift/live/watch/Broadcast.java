package io.kinolift.live.watch;

import io.kinolift.codec.group.LeftOut;
import io.kinolift.codec.group.Outcome;
import io.kinolift.codec.group.Shown;
import io.kinolift.codec.group.StreamDecoder;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Rational;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.WatchSettings;
import io.kinolift.sound.SoundAhead;
import io.kinolift.video.SoundTrack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream as video, encoded in a thread of its own for all who watch it. Outputs that come while the queue is full are
 * left out, and so are some of those that have waited too long.
 */
final class Broadcast implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);
    private static final long REST_MILLIS = 1000;
    /** Longer silence is no delay but a pause. */
    private static final double MOST_LATE_SECONDS = 2;

    private static final double FORGETTING = 0.99;
    /** So long the first picture of a run waits until it is known whether there is sound. */
    private static final long SOUND_MILLIS = 3_000;

    private final int maxHeight;
    private final PictureQueue queue;
    private final Thinning thinning;
    /** When the newest run was begun: what came before has waited for its sound, and for nothing else. */
    private long begunNanos = System.nanoTime();

    private final Timeline timeline;
    private final WatchFigures figures;
    private final SoundAhead sound;
    private final Thread thread;
    private StreamDecoder decoder = Payloads.stream();
    private volatile boolean ended;
    private volatile boolean closed;

    private Run run;
    /** Of all runs that have ended. */
    private long endMicros;
    /** Of the newest run that had one: players cannot do without a track that they once had. */
    private SoundTrack track;
    /** What FFmpeg cannot decode. */
    private SoundTrack refusedTrack;
    /** What the encoder does not take. */
    private Kind refused;

    /** What an encoder and a header are made for. */
    private record Kind(FrameFormat format, Rational timeBase) {}

    private EncodedFrame newest;
    /** The newest that was shown. */
    private EncodedFrame shown;

    private long arrivedNanos;
    private double late;

    /** @param sound becomes the broadcast's */
    Broadcast(KinoliftConfig config, SoundAhead sound, WatchFigures figures) {
        this.sound = sound;
        this.maxHeight = config.get(WatchSettings.HEIGHT);
        this.queue = new PictureQueue(config.get(WatchSettings.QUEUE_BYTES));
        this.thinning = new Thinning(config.get(WatchSettings.BEHIND) / 1e3);
        this.timeline = new Timeline(config.get(WatchSettings.SECONDS), config.get(WatchSettings.MAX_BYTES));
        this.figures = figures;
        this.thread = Thread.ofPlatform().daemon().name("kinolift-watch-video").start(this::work);
    }

    Timeline timeline() {
        return timeline;
    }

    /** Whether there will be no more of it, whatever comes. */
    boolean isOver() {
        return !thread.isAlive();
    }

    /** The next output; called by a stream thread. */
    void show(EncodedFrame frame) {
        boolean begins = ended && frame.sequence() == 0;
        ended = false;
        if (!queue.offer(frame, begins)) {
            figures.dropped();
        }
    }

    /** The stream has ended, unless another output comes. */
    void end() {
        ended = true;
    }

    private void work() {
        try {
            while (!closed) {
                PictureQueue.Arrival next = queue.take(REST_MILLIS);
                if (next != null) {
                    encode(next);
                } else {
                    rest();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            LOG.error("the video of a watched stream ends, and begins anew when somebody asks for it", e);
        } finally {
            endRun();
            sound.close();
            decoder.close();
            timeline.close();
        }
    }

    private void rest() {
        if (run == null) {
            return;
        }
        try {
            if (ended) {
                run.finish();
            } else {
                run.rest();
            }
        } catch (VideoException e) {
            LOG.warn("the last picture cannot be watched as video: {}", e.getMessage());
            endRun();
        }
        if (ended) {
            endRun();
            timeline.end();
        }
    }

    private void encode(PictureQueue.Arrival arrival) throws InterruptedException {
        Kind kind = new Kind(arrival.frame().format(), arrival.frame().timeBase());
        if (kind.equals(refused)) {
            figures.dropped();
            return;
        }
        try {
            add(arrival);
        } catch (VideoException | ArithmeticException e) {
            // Frames are given up only if not even one of their kind can be encoded.
            boolean hopeless = run == null || run.isEmpty();
            refused = hopeless ? kind : null;
            LOG.warn(
                    "{} of stream {} cannot be watched as video: {}",
                    kind.format(),
                    arrival.frame().streamId(),
                    e.getMessage());
            figures.dropped();
            endRun();
        }
    }

    private void add(PictureQueue.Arrival arrival) throws VideoException, InterruptedException {
        EncodedFrame frame = arrival.frame();
        if (arrival.begins() || (frame.sequence() == 0 && frame.discontinuity())) {
            // The same session, from its beginning.
            newest = null;
            decoder.close();
            decoder = Payloads.stream();
        }
        // Told again after an aborted transaction.
        boolean again = newest != null && frame.session() == newest.session() && frame.sequence() <= newest.sequence();
        if (again && !frame.format().codec().isInterCoded()) {
            return;
        }
        if (!again) {
            measure(arrival.nanos());
            newest = frame;
        }
        double waited = Math.min(System.nanoTime() - arrival.nanos(), System.nanoTime() - begunNanos) / 1e9;
        boolean left = thinning.leavesOut(waited, late, run != null && run.canDoWithout(frame));
        if (left && !frame.format().codec().isInterCoded()) {
            figures.dropped();
            return;
        }
        decoder.add(frame);
        for (Outcome outcome = decoder.next(); outcome != null; outcome = decoder.next()) {
            switch (outcome) {
                case Shown(EncodedFrame decoded, Picture picture, boolean _) -> {
                    try (picture) {
                        if (left) {
                            figures.dropped();
                        } else {
                            add(decoded, picture);
                        }
                    }
                }
                case LeftOut gone -> leaveOut(gone);
            }
        }
    }

    private void leaveOut(LeftOut left) {
        if (left.cause() != LeftOut.Cause.REPEATED) {
            LOG.debug("a picture cannot be watched: {}", left.reason());
            figures.dropped();
        }
    }

    private void add(EncodedFrame frame, Picture picture) throws VideoException, InterruptedException {
        if (run == null || !run.continuesWith(frame) || hasOtherSound(frame)) {
            if (run != null) {
                run.finish();
            }
            endRun();
            run = begin(frame);
            begunNanos = System.nanoTime();
        }
        shown = frame;
        run.add(frame, picture);
        figures.encoded();
    }

    private boolean hasOtherSound(EncodedFrame frame) {
        SoundTrack now = sound.known(frame.session());
        return now != null && !now.equals(refusedTrack) && !run.hears(now);
    }

    private Run begin(EncodedFrame frame) throws VideoException, InterruptedException {
        sound.begin(frame.captureMicros() / 1000);
        SoundTrack found = sound.track(frame.session(), SOUND_MILLIS);
        if (found == null || found.equals(refusedTrack)) {
            return begin(frame, track);
        }
        try {
            Run begun = begin(frame, found);
            track = found;
            return begun;
        } catch (VideoException e) {
            // If the pictures are to blame, this fails too.
            Run begun = begin(frame, track);
            refusedTrack = found;
            LOG.warn("stream {} is watched without its sound, {}: {}", frame.streamId(), found, e.getMessage());
            return begun;
        }
    }

    private Run begin(EncodedFrame frame, SoundTrack heard) throws VideoException {
        boolean follows = shown != null
                && shown.session() == frame.session()
                && shown.timeBase().equals(frame.timeBase());
        long gap = follows ? frame.pts() - shown.pts() : 0;
        return new Run(frame, gap, endMicros, maxHeight, timeline, sound, heard, figures);
    }

    /** Outputs of a window come together, so a player must have enough to show until the next window. */
    private void measure(long nanos) {
        if (newest != null) {
            late = Math.max(late * FORGETTING, Math.min(MOST_LATE_SECONDS, (nanos - arrivedNanos) / 1e9));
            timeline.holdBack(late);
        }
        arrivedNanos = nanos;
    }

    private void endRun() {
        if (run != null) {
            endMicros = run.endMicros();
            run.close();
            run = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
