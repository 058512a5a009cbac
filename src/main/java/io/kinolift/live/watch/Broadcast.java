package io.kinolift.live.watch;

import io.kinolift.codec.group.LeftOut;
import io.kinolift.codec.group.Outcome;
import io.kinolift.codec.group.Shown;
import io.kinolift.codec.group.StreamDecoder;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.WatchSettings;
import io.kinolift.sound.SoundAhead;
import io.kinolift.video.SoundTrack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream as video, encoded in a thread of its own for all who watch it. Outputs that come while the queue is full are
 * left out.
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
    private final Timeline timeline;
    private final WatchFigures figures;
    private final SoundAhead sound;
    private final Thread thread;
    private final StreamDecoder decoder = Payloads.stream();
    private volatile boolean ended;
    private volatile boolean closed;

    private Run run;
    /** Of the newest run that had one: players cannot do without a track that they once had. */
    private SoundTrack track;
    /** What FFmpeg cannot decode. */
    private SoundTrack refusedTrack;
    /** What the encoder does not take. */
    private FrameFormat refused;

    private EncodedFrame newest;
    private long arrivedNanos;
    private double late;

    /** @param sound becomes the broadcast's */
    Broadcast(KinoliftConfig config, SoundAhead sound, WatchFigures figures) {
        this.sound = sound;
        this.maxHeight = config.get(WatchSettings.HEIGHT);
        this.queue = new PictureQueue(config.get(WatchSettings.QUEUE_BYTES));
        this.timeline = new Timeline(config.get(WatchSettings.SECONDS), config.get(WatchSettings.MAX_BYTES));
        this.figures = figures;
        this.thread = Thread.ofPlatform().daemon().name("kinolift-watch-video").start(this::work);
    }

    Timeline timeline() {
        return timeline;
    }

    /** The next output; called by a stream thread. */
    void show(EncodedFrame frame) {
        ended = false;
        if (!queue.offer(frame)) {
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
            run.rest();
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
        if (arrival.frame().format().equals(refused)) {
            figures.dropped();
            return;
        }
        try {
            add(arrival);
        } catch (VideoException e) {
            refused = arrival.frame().format();
            LOG.warn(
                    "{} of stream {} cannot be watched as video: {}",
                    refused,
                    arrival.frame().streamId(),
                    e.getMessage());
            figures.dropped();
            endRun();
        }
    }

    private void add(PictureQueue.Arrival arrival) throws VideoException, InterruptedException {
        EncodedFrame frame = arrival.frame();
        // Told again after an aborted transaction.
        boolean again = newest != null && frame.session() == newest.session() && frame.sequence() <= newest.sequence();
        if (again && !frame.format().codec().isInterCoded()) {
            return;
        }
        if (!again) {
            measure(arrival.nanos());
            newest = frame;
        }
        decoder.add(frame);
        for (Outcome outcome = decoder.next(); outcome != null; outcome = decoder.next()) {
            switch (outcome) {
                case Shown(EncodedFrame shown, Picture picture, boolean _) -> {
                    try (picture) {
                        add(shown, picture);
                    }
                }
                case LeftOut left -> leaveOut(left);
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
        }
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
        if (found != null && !found.equals(refusedTrack)) {
            try {
                Run begun = new Run(frame, maxHeight, timeline, sound, found, figures);
                track = found;
                return begun;
            } catch (VideoException e) {
                refusedTrack = found;
                LOG.warn("stream {} is watched without its sound, {}: {}", frame.streamId(), found, e.getMessage());
            }
        }
        return new Run(frame, maxHeight, timeline, sound, track, figures);
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
