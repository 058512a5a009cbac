package io.kinolift.engine;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.group.GroupDecoder;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.window.DecodeOrder;
import io.kinolift.window.SourceFrame;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The decoder of a group of pictures, and what it has decoded ahead. Frames are named by their sequences. */
final class OpenGroup implements AutoCloseable {
    private final FrameFormat format;
    private final long start;
    private final boolean patient;
    private final GroupDecoder decoder;
    /** Sent and not yet received: the pts of each. */
    private final NavigableMap<Long, Long> inside = new TreeMap<>();

    private final NavigableMap<Long, Ahead> ahead = new TreeMap<>();
    private long next;
    private long startPts;
    private boolean drained;
    /** Learnt by a decoder that is closed. */
    private int lastDelay;

    private long failedAt = Long.MAX_VALUE;
    private FrameCodecException failure;

    private record Ahead(long pts, Picture picture) {}

    /** Gives one frame to a decoder. */
    interface Sender {
        void send(GroupDecoder decoder, SourceFrame frame) throws FrameCodecException;
    }

    /**
     * Opens a decoder.
     *
     * @param start the key frame that it begins with
     * @param delay as of {@link GroupDecoder}
     */
    OpenGroup(FrameFormat format, long start, int delay, DecoderLimits limits) throws FrameCodecException {
        this.format = format;
        this.start = start;
        this.patient = delay >= GroupDecoder.MOST_DELAYED;
        this.decoder = new GroupDecoder(format, limits, delay);
        this.next = start;
    }

    /** Whether a frame can still come out of it, or is known not to decode. */
    boolean canTell(long sequence) {
        return ahead.containsKey(sequence)
                || inside.containsKey(sequence)
                || (sequence >= next && !drained)
                || failedAt <= sequence;
    }

    /** Why a frame of the group cannot be decoded; null if nothing is known against it. */
    FrameCodecException failure(long sequence) {
        if (failedAt > sequence) {
            return null;
        }
        return failedAt == sequence
                ? failure
                : new FrameCodecException(
                        failure.reason(),
                        "expected a frame " + failedAt + " to refer to, found one that does not decode: "
                                + failure.getMessage());
    }

    /**
     * Decodes until a frame has come out, and all those that it may refer to: of some damage FFmpeg tells only with the
     * picture.
     *
     * @param fromPts pictures that are shown earlier are not kept
     * @param last whether no more frames will come
     * @return null if it does not come out
     */
    Picture decode(long sequence, long fromPts, DecodeOrder order, boolean last, Sender sender) {
        while (!isThere(sequence) && !drained && next < order.end()) {
            next = order.next(next);
            SourceFrame frame = next < order.end() ? order.at(next) : null;
            startPts = next == start ? frame.frame().pts() : startPts;
            next = Math.min(next + 1, order.end());
            // What is shown before the key frame refers to the group before.
            if (frame != null && frame.frame().pts() >= startPts) {
                send(frame, fromPts, sender);
            }
        }
        if (!isThere(sequence) && (patient || last)) {
            drain(fromPts);
        }
        Ahead found = isThere(sequence) ? ahead.remove(sequence) : null;
        return found == null ? null : found.picture();
    }

    private boolean isThere(long sequence) {
        return ahead.containsKey(sequence) && inside.headMap(sequence).isEmpty();
    }

    private void send(SourceFrame frame, long fromPts, Sender sender) {
        long sequence = frame.frame().sequence();
        inside.put(sequence, frame.frame().pts());
        try {
            sender.send(decoder, frame);
            receive(fromPts);
        } catch (FrameCodecException e) {
            fail(sequence, e);
        }
        if (failure != null) {
            drain(fromPts);
        }
    }

    private void fail(long sequence, FrameCodecException reason) {
        if (sequence < failedAt) {
            failedAt = sequence;
            failure = reason;
            for (Ahead after : ahead.tailMap(sequence).values()) {
                after.picture().close();
            }
            ahead.tailMap(sequence).clear();
        }
    }

    /** Takes what the decoder holds back, and closes it: it is of no more use, and would keep pictures to refer to. */
    private void drain(long fromPts) {
        if (drained) {
            return;
        }
        drained = true;
        decoder.end();
        for (int most = inside.size() + 1; most > 0 && !inside.isEmpty(); most--) {
            try {
                receive(fromPts);
                break;
            } catch (FrameCodecException _) {
                // It is one of those behind the damage, or has no picture.
            }
        }
        if (patient && failure == null && !inside.isEmpty()) {
            fail(
                    inside.firstKey(),
                    new FrameCodecException(
                            FrameCodecException.Reason.UNDECODABLE,
                            "expected " + format + ", found bytes without a picture"));
        }
        inside.clear();
        lastDelay = decoder.delay();
        decoder.close();
    }

    /** How many frames the decoder holds back, as far as it has learnt. */
    int delay() {
        return drained ? lastDelay : decoder.delay();
    }

    private void receive(long fromPts) throws FrameCodecException {
        for (GroupDecoder.Decoded decoded = decoder.receive(); decoded != null; decoded = decoder.receive()) {
            Long pts = inside.remove(decoded.number());
            if (decoded.damage() != null) {
                fail(decoded.number(), decoded.damage());
            } else if (pts == null || pts < fromPts || decoded.number() >= failedAt) {
                decoded.picture().close();
            } else {
                ahead.put(decoded.number(), new Ahead(pts, decoded.picture()));
            }
        }
    }

    /** Drops pictures that are shown before a time. */
    void forgetBefore(long pts) {
        for (Iterator<Ahead> each = ahead.values().iterator(); each.hasNext(); ) {
            Ahead picture = each.next();
            if (picture.pts() < pts) {
                picture.picture().close();
                each.remove();
            }
        }
    }

    /** Whether it can be of use to a later window. */
    boolean isUseful() {
        return !drained || failure != null || !ahead.isEmpty();
    }

    /** Native memory, estimated. */
    long bytes() {
        long pictures = drained ? 0 : decoder.heldPictures();
        return (pictures + ahead.size()) * format.pixelFormat().pictureBytes(format.width(), format.height());
    }

    @Override
    public void close() {
        decoder.close();
        ahead.values().forEach(each -> each.picture().close());
        ahead.clear();
    }
}
