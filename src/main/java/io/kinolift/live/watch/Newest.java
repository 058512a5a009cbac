package io.kinolift.live.watch;

import io.kinolift.codec.group.LeftOut;
import io.kinolift.codec.group.Outcome;
import io.kinolift.codec.group.Shown;
import io.kinolift.codec.group.StreamDecoder;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import java.nio.ByteBuffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest output of a stream, for all who watch it picture by picture. The stream thread only leaves it here. A
 * watcher that comes back late finds the newest one and has missed those before. The first to come decodes and encodes;
 * the others wait, and all get the same bytes.
 */
final class Newest implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Newest.class);

    private final UndecodedFrames undecoded;
    /** Held while something is decoded or encoded. */
    private final Object work = new Object();

    /** Whether the stream has ended, and no output has come since. */
    private boolean ended;
    /** Whether the outputs that wait are of another run of their session than the last that was decoded. */
    private boolean restarted;

    private StreamDecoder decoder;
    private volatile Picture shown;
    private volatile boolean closed;

    /** @param maxBytes of frames that wait because a later one refers to them */
    Newest(long maxBytes) {
        this.undecoded = new UndecodedFrames(maxBytes);
    }

    /**
     * A picture that browsers show.
     *
     * @param number grows by one with each output of the stream
     */
    record Picture(long number, ByteBuffer jpeg) {}

    /** Never waits for anything but another thread that takes a reference. */
    void set(EncodedFrame frame) {
        synchronized (undecoded) {
            // A key frame after it may push it out before anybody decodes.
            restarted |= frame.sequence() == 0 && frame.keyFrame() && (ended || frame.discontinuity());
            ended = false;
            undecoded.add(frame);
        }
    }

    /** The stream has ended, unless another output comes. Waits as little as {@link #set}. */
    void end() {
        synchronized (undecoded) {
            ended = true;
        }
    }

    /**
     * Waits for an output after one that was seen.
     *
     * @param after its number; 0 for none
     * @return the newest; null if none came in time, or it is closed
     * @throws VideoException if the picture cannot be shown as JPEG
     */
    Picture await(long after, long timeoutMillis) throws InterruptedException, VideoException {
        long end = System.nanoTime() + timeoutMillis * 1_000_000;
        while (true) {
            synchronized (work) {
                if (closed) {
                    return null;
                }
                List<UndecodedFrames.Numbered> frames = take();
                if (!frames.isEmpty()) {
                    show(frames);
                    undecoded.wakeAll();
                }
                if (shown != null && shown.number() > after) {
                    return shown;
                }
            }
            if (!undecoded.await(end, () -> closed || (shown != null && shown.number() > after))) {
                return null;
            }
        }
    }

    /** What waits; the decoder is fit for it. */
    private List<UndecodedFrames.Numbered> take() {
        List<UndecodedFrames.Numbered> frames;
        boolean anew;
        synchronized (undecoded) {
            frames = undecoded.take();
            anew = restarted && !frames.isEmpty();
            restarted &= !anew;
        }
        if (anew && decoder != null) {
            decoder.restart();
        }
        return frames;
    }

    private void show(List<UndecodedFrames.Numbered> frames) throws VideoException {
        UndecodedFrames.Numbered last = frames.getLast();
        if (last.frame().format().codec() == Codec.JPEG) {
            shown = new Picture(last.number(), last.frame().payload());
            return;
        }
        if (decoder == null) {
            decoder = Payloads.stream();
        }
        Shown newest = null;
        long number = 0;
        try {
            for (UndecodedFrames.Numbered each : frames) {
                decoder.add(each.frame());
                for (Outcome outcome = decoder.next(); outcome != null; outcome = decoder.next()) {
                    switch (outcome) {
                        case Shown picture -> {
                            if (newest != null) {
                                newest.free();
                            }
                            newest = picture;
                            number = each.number();
                        }
                        case LeftOut left -> LOG.debug("a picture cannot be watched: {}", left.reason());
                    }
                }
            }
            if (newest != null) {
                shown = new Picture(number, Payloads.jpeg(newest.frame(), newest.picture()));
            }
        } finally {
            if (newest != null) {
                newest.free();
            }
        }
    }

    /** Whether nothing will be shown any more. */
    boolean isClosed() {
        return closed;
    }

    /** Frees the decoder, and lets all go who wait. */
    @Override
    public void close() {
        closed = true;
        undecoded.wakeAll();
        synchronized (work) {
            if (decoder != null) {
                decoder.close();
                decoder = null;
            }
        }
    }
}
