package io.kinolift.live.watch;

import io.kinolift.frame.EncodedFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The outputs that the newest picture is made of, as long as nobody has decoded them: those from the last key frame on.
 * Bounded in bytes; with too many of them, the next key frame is waited for.
 */
final class UndecodedFrames {
    private final long maxBytes;
    private List<Numbered> waiting = new ArrayList<>();
    private long bytes;
    private long count;
    /** Whether frames that refer to others are of no use. */
    private boolean broken = true;

    /** @param number counts all outputs from 1 on */
    record Numbered(long number, EncodedFrame frame) {}

    UndecodedFrames(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized void add(EncodedFrame frame) {
        count++;
        if (frame.keyFrame() || !frame.format().codec().isInterCoded()) {
            clear();
            broken = false;
        }
        if (!broken) {
            waiting.add(new Numbered(count, frame));
            bytes += frame.payload().remaining();
            if (bytes > maxBytes && waiting.size() > 1) {
                clear();
                broken = true;
            }
        }
        notifyAll();
    }

    private void clear() {
        waiting.clear();
        bytes = 0;
    }

    /** What has come since the last call and is of use, in order; perhaps nothing. */
    synchronized List<Numbered> take() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Numbered> taken = waiting;
        waiting = new ArrayList<>();
        bytes = 0;
        return taken;
    }

    /**
     * Waits until there is something to take, or something else holds, which is looked at after each output and {@link
     * #wakeAll}.
     *
     * @return whether either is so
     */
    synchronized boolean await(long endNanos, BooleanSupplier other) throws InterruptedException {
        while (waiting.isEmpty() && !other.getAsBoolean()) {
            long left = (endNanos - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Lets all who wait look again. */
    synchronized void wakeAll() {
        notifyAll();
    }
}
