package io.kinolift.live.watch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts of all watched streams together, from the start of the process. */
public final class WatchFigures {
    private final AtomicInteger watchers = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong encoded = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong soundLeftOut = new AtomicLong();

    /** Takes a place for one who watches picture by picture; false if there is none. */
    boolean enter(int max) {
        if (watchers.incrementAndGet() <= max) {
            return true;
        }
        watchers.decrementAndGet();
        return false;
    }

    void leave() {
        watchers.decrementAndGet();
    }

    void sent(long before) {
        sent.incrementAndGet();
        skipped.addAndGet(before);
    }

    void encoded() {
        encoded.incrementAndGet();
    }

    void dropped() {
        dropped.incrementAndGet();
    }

    void soundLeftOut() {
        soundLeftOut.incrementAndGet();
    }

    /** Packets of sound that the video lacks, because they came after their pictures or in another form. */
    public long videoSoundLeftOut() {
        return soundLeftOut.get();
    }

    /** Pictures encoded as video. */
    public long videoEncoded() {
        return encoded.get();
    }

    /** Pictures that the video lacks, because its encoder was busy or they could not be decoded. */
    public long videoDropped() {
        return dropped.get();
    }

    /** Clients that get pictures now. */
    public int watchers() {
        return watchers.get();
    }

    /** Pictures sent, one by one. */
    public long sent() {
        return sent.get();
    }

    /** Pictures that a client did not get: it was still busy with an earlier one, or they could not be decoded. */
    public long skipped() {
        return skipped.get();
    }
}
