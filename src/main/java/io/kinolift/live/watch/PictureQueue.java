package io.kinolift.live.watch;

import io.kinolift.frame.EncodedFrame;
import java.util.ArrayDeque;
import java.util.Deque;

/** Outputs that wait to be encoded for watchers, bounded in bytes. */
final class PictureQueue {
    private final long maxBytes;
    private final Deque<Arrival> waiting = new ArrayDeque<>();
    private long bytes;
    /** Whether one was refused that the next ones may refer to. */
    private boolean broken;
    /** Whether the first one of a stream that begins anew was refused. */
    private boolean begun;

    /**
     * An output that waits.
     *
     * @param begins whether the stream had ended before, and begins anew
     * @param nanos when it came, by {@link System#nanoTime}
     */
    record Arrival(EncodedFrame frame, boolean begins, long nanos) {}

    PictureQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Returns whether there was room; for one picture there always is. After a refusal, a key frame is needed. */
    synchronized boolean offer(EncodedFrame frame, boolean begins) {
        int size = frame.payload().remaining();
        boolean refers = frame.format().codec().isInterCoded() && !frame.keyFrame();
        if ((refers && broken) || (!waiting.isEmpty() && bytes + size > maxBytes)) {
            broken = true;
            begun |= begins;
            return false;
        }
        broken = false;
        bytes += size;
        waiting.add(new Arrival(frame, begins || begun, System.nanoTime()));
        begun = false;
        notifyAll();
        return true;
    }

    /** The next one; null if none came in time. */
    synchronized Arrival take(long timeoutMillis) throws InterruptedException {
        long end = System.nanoTime() + timeoutMillis * 1_000_000;
        while (waiting.isEmpty()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        Arrival next = waiting.remove();
        bytes -= next.frame().payload().remaining();
        return next;
    }
}
