package io.kinolift.transfer.source;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.video.PictureSource;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Opens a source in the network again: at once, and then after longer and longer waits, up to a limit. An opening counts
 * only once the source has given pictures for a while, so that one that ends at once is not opened without pause.
 */
final class Losses {
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    /** As many doublings of the first wait as reach the longest. */
    private static final int MOST_DOUBLINGS = 5;

    private static final Duration STEADY = Duration.ofSeconds(10);

    private final String name;
    private final Duration patience;
    private final Stop stop;
    private final Consumer<String> told;
    private final LongSupplier nanos;
    private int count;
    /** Openings tried since the source was last steady. */
    private int tries;
    /** In all losses since the source was last steady. */
    private Duration away = Duration.ZERO;

    private boolean anyPicture;
    private long firstPictureNanos;

    /** @param nanos a clock, as {@link System#nanoTime} */
    Losses(String name, Duration patience, Stop stop, Consumer<String> told, LongSupplier nanos) {
        this.name = name;
        this.patience = patience;
        this.stop = stop;
        this.told = told;
        this.nanos = nanos;
    }

    boolean isEndless() {
        return patience.equals(Playback.ENDLESS);
    }

    /** Whether a lost source is looked for at all. */
    boolean areMended() {
        return !patience.isZero() && !stop.isRequested();
    }

    /** The source gave a picture. */
    void picture() {
        long now = nanos.getAsLong();
        if (!anyPicture) {
            anyPicture = true;
            firstPictureNanos = now;
        } else if (now - firstPictureNanos >= STEADY.toNanos()) {
            forget();
        }
    }

    private void forget() {
        tries = 0;
        away = Duration.ZERO;
    }

    /**
     * The source, once it is back.
     *
     * @param reason why it was lost
     * @throws VideoException if it is not back in time, or an end was requested
     */
    PictureSource reopen(Passes.Opener opener, String reason) throws VideoException {
        count++;
        long start = nanos.getAsLong();
        told.accept(name + ": lost (" + reason + "); loss " + count + ", trying again "
                + (isEndless()
                        ? "until it is back"
                        : "for " + patience.minus(away).toSeconds() + " s"));
        PictureSource found = open(opener, start, reason);
        told.accept(String.format(
                Locale.ROOT,
                "%s: back after %.1f s; its next frame is marked as a discontinuity",
                name,
                (nanos.getAsLong() - start) / 1e9));
        return found;
    }

    /** As {@link #reopen}, of one that has not been there yet. */
    PictureSource open(Passes.Opener opener) throws VideoException {
        PictureSource found = open(opener, nanos.getAsLong(), null);
        forget();
        return found;
    }

    private PictureSource open(Passes.Opener opener, long start, String reason) throws VideoException {
        String last = reason;
        while (true) {
            if (tries > 0) {
                pause(away.plus(since(start)), last);
            }
            tries++;
            try {
                PictureSource found = opener.open();
                away = away.plus(since(start));
                anyPicture = false;
                return found;
            } catch (VideoException e) {
                last = e.getMessage();
            }
        }
    }

    private void pause(Duration awayBefore, String reason) throws VideoException {
        Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(tries - 1, MOST_DOUBLINGS));
        Duration wait = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
        if (stop.isRequested() || (!isEndless() && awayBefore.plus(wait).compareTo(patience) > 0)) {
            throw new VideoException(name + ": away for " + awayBefore.toSeconds() + " s: " + reason);
        }
        told.accept(reason + "; next try in " + wait.toMillis() + " ms");
        stop.await(wait);
    }

    private Duration since(long start) {
        return Duration.ofNanos(nanos.getAsLong() - start);
    }

    int count() {
        return count;
    }
}
