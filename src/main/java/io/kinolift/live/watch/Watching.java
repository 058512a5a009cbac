package io.kinolift.live.watch;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.MonitoringSettings;
import io.kinolift.settings.WatchSettings;
import io.kinolift.sound.SoundAhead;
import io.kinolift.topology.StreamEvent;
import io.kinolift.trace.Probe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The streams that somebody watches. An output of any other stream costs one look-up in a map. A stream that nobody has
 * asked for since {@code kinolift.watch.idle.ms} is let go, with all that was kept of it.
 */
public final class Watching implements Probe<StreamEvent>, AutoCloseable {
    private final KinoliftConfig config;
    private final Function<String, SoundAhead> sounds;
    private final Function<String, List<EncodedFrame>> kept;
    private final int maxStreams;
    private final long idleNanos;
    private final WatchFigures figures = new WatchFigures();
    private final Map<String, Screen> screens = new ConcurrentHashMap<>();
    private boolean closed;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("kinolift-watch").factory());

    /**
     * Nobody watches yet.
     *
     * @param sounds opens the sound of a stream
     * @param kept the last output of a stream that has ended, and what it refers to; empty for others
     */
    public Watching(
            KinoliftConfig config, Function<String, SoundAhead> sounds, Function<String, List<EncodedFrame>> kept) {
        this.config = config;
        this.sounds = sounds;
        this.kept = kept;
        this.maxStreams = config.get(MonitoringSettings.LIVE_STREAMS);
        this.idleNanos = config.get(WatchSettings.IDLE) * 1_000_000;
        var _ = clock.scheduleWithFixedDelay(this::forgetUnwatched, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void told(StreamEvent event) {
        switch (event) {
            case StreamEvent.FrameUpscaled upscaled -> {
                EncodedFrame frame = upscaled.output().frame();
                Screen screen = screens.get(frame.streamId());
                if (screen != null) {
                    screen.show(frame);
                }
            }
            case StreamEvent.StreamEnded ended -> {
                Screen screen = screens.get(ended.tally().streamId());
                if (screen != null) {
                    screen.end();
                }
            }
            default -> {}
        }
    }

    /**
     * The screen of a stream, which is kept while somebody asks for it.
     *
     * @return empty if too many others are watched, or the application ends
     */
    Optional<Screen> screen(String streamId) {
        synchronized (screens) {
            Screen screen = screens.get(streamId);
            if (screen == null && !closed && screens.size() < maxStreams) {
                screen = new Screen(config, () -> sounds.apply(streamId), () -> kept.apply(streamId), figures);
                screens.put(streamId, screen);
            }
            if (screen != null) {
                screen.look();
            }
            return Optional.ofNullable(screen);
        }
    }

    boolean isWatched(String streamId) {
        return screens.containsKey(streamId);
    }

    /** What was shown and what was left out. */
    public WatchFigures figures() {
        return figures;
    }

    private void forgetUnwatched() {
        synchronized (screens) {
            screens.values().removeIf(screen -> {
                screen.stopUnplayedFor(idleNanos);
                boolean unwatched = screen.isUnwatchedFor(idleNanos);
                if (unwatched) {
                    screen.close();
                }
                return unwatched;
            });
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        synchronized (screens) {
            closed = true;
            screens.values().forEach(Screen::close);
            screens.clear();
        }
    }
}
