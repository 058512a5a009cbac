package io.kinolift.transfer.source;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.video.PictureSource;
import java.time.Duration;
import java.util.function.Consumer;

/** Opens a source in the network again: at once, and then after longer and longer waits, up to a limit. */
final class Losses {
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final String name;
    private final Duration patience;
    private final Stop stop;
    private final Consumer<String> told;
    private int count;

    Losses(String name, Duration patience, Stop stop, Consumer<String> told) {
        this.name = name;
        this.patience = patience;
        this.stop = stop;
        this.told = told;
    }

    boolean isEndless() {
        return patience.equals(Playback.ENDLESS);
    }

    /** Whether a lost source is looked for at all. */
    boolean areMended() {
        return !patience.isZero() && !stop.isRequested();
    }

    /**
     * The source, once it is back.
     *
     * @param reason why it was lost
     * @throws VideoException if it is not back in time, or an end was requested
     */
    PictureSource reopen(Passes.Opener opener, String reason) throws VideoException {
        count++;
        long start = System.nanoTime();
        told.accept(name + ": lost (" + reason + "); loss " + count + ", trying again "
                + (isEndless() ? "until it is back" : "for " + patience.toSeconds() + " s"));
        PictureSource found = open(opener);
        told.accept(String.format(
                java.util.Locale.ROOT,
                "%s: back after %.1f s; its next frame is marked as a discontinuity",
                name,
                (System.nanoTime() - start) / 1e9));
        return found;
    }

    /** As {@link #reopen}, of one that has not been there yet. */
    PictureSource open(Passes.Opener opener) throws VideoException {
        long start = System.nanoTime();
        Duration wait = FIRST_WAIT;
        while (true) {
            try {
                return opener.open();
            } catch (VideoException e) {
                Duration away = Duration.ofNanos(System.nanoTime() - start);
                if (stop.isRequested() || (!isEndless() && away.plus(wait).compareTo(patience) > 0)) {
                    throw new VideoException(name + ": away for " + away.toSeconds() + " s: " + e.getMessage());
                }
                told.accept(e.getMessage() + "; next try in " + wait.toMillis() + " ms");
                stop.await(wait);
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
            }
        }
    }

    int count() {
        return count;
    }
}
