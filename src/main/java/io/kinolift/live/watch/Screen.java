package io.kinolift.live.watch;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.WatchSettings;
import io.kinolift.sound.SoundAhead;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One stream that somebody watches, or did a moment ago. */
final class Screen implements AutoCloseable {
    private final KinoliftConfig config;
    private final Supplier<SoundAhead> sounds;
    private final Supplier<List<EncodedFrame>> kept;
    private final WatchFigures figures;
    private final Newest newest;
    private final AtomicInteger watchers = new AtomicInteger();
    private volatile long lookedAtNanos = System.nanoTime();
    private volatile long playedAtNanos;
    private volatile Broadcast broadcast;

    /**
     * Of a stream that may have ended already.
     *
     * @param sounds opens the sound of the stream
     * @param kept the last output if the stream has ended, and what it refers to
     */
    Screen(
            KinoliftConfig config,
            Supplier<SoundAhead> sounds,
            Supplier<List<EncodedFrame>> kept,
            WatchFigures figures) {
        this.config = config;
        this.sounds = sounds;
        this.kept = kept;
        this.figures = figures;
        this.newest = new Newest(config.get(WatchSettings.QUEUE_BYTES));
        List<EncodedFrame> last = kept.get();
        last.forEach(newest::set);
        if (!last.isEmpty()) {
            newest.end();
        }
    }

    /** The next output; called by a stream thread. */
    void show(EncodedFrame frame) {
        newest.set(frame);
        Broadcast playing = broadcast;
        if (playing != null) {
            playing.show(frame);
        }
    }

    /** The stream has ended; called by a stream thread. */
    void end() {
        newest.end();
        Broadcast playing = broadcast;
        if (playing != null) {
            playing.end();
        }
    }

    Newest newest() {
        return newest;
    }

    /** The stream as video, encoded from now on as long as this is called. */
    synchronized Timeline play() {
        playedAtNanos = System.nanoTime();
        if (broadcast == null || broadcast.isOver()) {
            broadcast = begin();
        }
        return broadcast.timeline();
    }

    private Broadcast begin() {
        Broadcast begun = new Broadcast(config, sounds.get(), figures);
        List<EncodedFrame> last = kept.get();
        last.forEach(begun::show);
        if (!last.isEmpty()) {
            begun.end();
        }
        return begun;
    }

    void enter() {
        watchers.incrementAndGet();
    }

    void leave() {
        look();
        watchers.decrementAndGet();
    }

    /** Somebody asked for something of it. */
    void look() {
        lookedAtNanos = System.nanoTime();
    }

    boolean isUnwatchedFor(long nanos) {
        return watchers.get() == 0 && System.nanoTime() - lookedAtNanos > nanos;
    }

    /** Ends the video if nobody plays it. */
    synchronized void stopUnplayedFor(long nanos) {
        if (broadcast != null && System.nanoTime() - playedAtNanos > nanos) {
            stopVideo();
        }
    }

    private void stopVideo() {
        if (broadcast != null) {
            broadcast.close();
            broadcast = null;
        }
    }

    @Override
    public synchronized void close() {
        stopVideo();
        newest.close();
    }
}
