package io.kinolift.live;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.group.Outcome;
import io.kinolift.codec.group.Shown;
import io.kinolift.codec.group.StreamDecoder;
import io.kinolift.frame.EncodedFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The latest frames of a stream that refer to each other, and the picture of one of them on request: those of the newest
 * group and the one before, bounded in bytes. The stream thread only adds to them. Whoever asks decodes, and goes on where
 * the last one stopped.
 */
final class Reel implements AutoCloseable {
    private static final long MOST_BYTES = 64L << 20;

    private final boolean reordered;
    private final List<EncodedFrame> frames = new ArrayList<>();
    private long bytes;

    /** Held while something is decoded, which no stream thread may wait for. */
    private final ReentrantLock work = new ReentrantLock();

    private StreamDecoder decoder;
    /** The frame that the decoder got last. */
    private EncodedFrame fed;

    /** The frame that was asked for last, and what became of it. */
    private EncodedFrame asked;

    private Viewable made;
    private volatile boolean closed;

    /** Makes of a picture what browsers show. */
    interface Maker {
        Viewable of(Shown shown) throws FrameCodecException;
    }

    /** @param reordered as of {@link StreamDecoder} */
    Reel(boolean reordered) {
        this.reordered = reordered;
    }

    /** Adds the next frame in the order of decoding. Never waits for a decoder. */
    void add(EncodedFrame frame) {
        synchronized (frames) {
            if (frame.keyFrame()) {
                removeBefore(lastKey(frames.size() - 1));
            }
            frames.add(frame);
            bytes += frame.payload().remaining();
            if (bytes > MOST_BYTES) {
                removeBefore(frames.size());
            }
        }
    }

    /** The frame that was added last; null if there is none. */
    EncodedFrame newest() {
        synchronized (frames) {
            return frames.isEmpty() ? null : frames.getLast();
        }
    }

    private void removeBefore(int index) {
        List<EncodedFrame> old = frames.subList(0, Math.max(0, index));
        old.forEach(frame -> bytes -= frame.payload().remaining());
        old.clear();
    }

    private int lastKey(int from) {
        int index = from;
        while (index >= 0 && !frames.get(index).keyFrame()) {
            index--;
        }
        return index;
    }

    /** The frames that a frame is decoded from, and all after it; empty if they are not all there. */
    private List<EncodedFrame> from(EncodedFrame wanted) {
        synchronized (frames) {
            int index = frames.size() - 1;
            while (index >= 0 && !isSame(frames.get(index), wanted)) {
                index--;
            }
            int key = lastKey(index);
            if (key >= 0 && wanted.pts() < frames.get(key).pts()) {
                // Shown before its key frame: it refers to the group before.
                key = lastKey(key - 1);
            }
            return key < 0 ? List.of() : List.copyOf(frames.subList(key, frames.size()));
        }
    }

    /** A session may begin anew: then the number alone says nothing. */
    private static boolean isSame(EncodedFrame one, EncodedFrame other) {
        return one.session() == other.session()
                && one.sequence() == other.sequence()
                && one.pts() == other.pts()
                && one.captureMicros() == other.captureMicros();
    }

    /**
     * Decodes a frame that was added; quickly if it is shown after the one that was asked for last.
     *
     * @return null if it cannot be decoded
     */
    Viewable picture(EncodedFrame wanted, Maker maker) throws FrameCodecException {
        work.lock();
        try {
            if (asked == null || !isSame(asked, wanted)) {
                asked = wanted;
                made = null;
                made = closed ? null : make(wanted, maker);
            }
            return made;
        } finally {
            work.unlock();
            freeIfClosed();
        }
    }

    private Viewable make(EncodedFrame wanted, Maker maker) throws FrameCodecException {
        List<EncodedFrame> all = from(wanted);
        Shown shown = goOn(wanted, all);
        shown = shown == null ? decode(wanted, all) : shown;
        if (shown == null) {
            return null;
        }
        try {
            return maker.of(shown);
        } finally {
            shown.free();
        }
    }

    /** With the decoder in its present state; null if that does not lead to the frame. */
    private Shown goOn(EncodedFrame wanted, List<EncodedFrame> all) {
        int next = 0;
        while (fed != null && next < all.size() && !isSame(all.get(next), fed)) {
            next++;
        }
        if (decoder == null || next == all.size()) {
            free();
            return null;
        }
        return decode(wanted, all.subList(next + 1, all.size()));
    }

    /** Feeds frames until the one that is wanted comes out. */
    private Shown decode(EncodedFrame wanted, List<EncodedFrame> next) {
        if (decoder == null) {
            decoder = new StreamDecoder(DecoderLimits.DEFAULT, reordered);
        }
        Shown shown = find(wanted);
        for (int index = 0; shown == null && index < next.size(); index++) {
            fed = next.get(index);
            decoder.add(fed);
            shown = find(wanted);
        }
        if (shown == null) {
            // What is still held back comes out, and decoding begins anew next time.
            decoder.end();
            shown = find(wanted);
            free();
        }
        return shown;
    }

    private Shown find(EncodedFrame wanted) {
        for (Outcome outcome = decoder.next(); outcome != null; outcome = decoder.next()) {
            if (outcome instanceof Shown shown && isSame(shown.frame(), wanted)) {
                return shown;
            }
            outcome.free();
        }
        return null;
    }

    private void free() {
        if (decoder != null) {
            decoder.close();
        }
        decoder = null;
        fed = null;
    }

    private void freeIfClosed() {
        if (closed && work.tryLock()) {
            try {
                free();
            } finally {
                work.unlock();
            }
        }
    }

    /** Frees the decoder, or lets the one who decodes do so. */
    @Override
    public void close() {
        closed = true;
        freeIfClosed();
    }
}
