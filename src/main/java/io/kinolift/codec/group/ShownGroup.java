package io.kinolift.codec.group;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.group.LeftOut.Cause;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The decoder of one group. A picture leaves when all frames before it have come out whole: of some damage FFmpeg tells
 * only with the picture. From a damaged frame on, nothing leaves.
 */
final class ShownGroup implements AutoCloseable {
    /** With so many pictures waiting for one that does not come, it is lost. */
    private static final int MOST_WAITING = 2 * GroupDecoder.MOST_DELAYED;

    private final GroupDecoder decoder;
    private final EncodedFrame key;
    private final boolean reordered;
    private final Deque<Outcome> outcomes = new ArrayDeque<>();
    /** Frames that have not come out, by sequence. */
    private final NavigableMap<Long, Sent> inside = new TreeMap<>();
    /** Pictures that have come out, in the order of display. */
    private final Deque<Out> ready = new ArrayDeque<>();

    private boolean ended;
    /** Frames from here on come again. */
    private long again = Long.MAX_VALUE;

    private long failedAt = Long.MAX_VALUE;
    private String failure;

    /** @param hidden whether its picture is not wanted */
    private record Sent(EncodedFrame frame, boolean hidden) {}

    private record Out(Sent sent, Picture picture) {}

    /**
     * Opens a decoder; the key frame is yet to be sent.
     *
     * @param reordered whether frames may be shown in another order than that of decoding
     */
    ShownGroup(EncodedFrame key, DecoderLimits limits, boolean reordered) throws FrameCodecException {
        this.decoder = new GroupDecoder(key.format(), limits, 0);
        this.key = key;
        this.reordered = reordered;
    }

    EncodedFrame key() {
        return key;
    }

    /** What became of a frame; null if no more is known. */
    Outcome next() {
        return outcomes.poll();
    }

    void send(EncodedFrame frame, boolean hidden) {
        Sent sent = new Sent(frame, hidden);
        if (failure != null) {
            leaveOut(sent);
            return;
        }
        inside.put(frame.sequence(), sent);
        try {
            AccessUnit.require(frame.format().codec(), frame.payload(), frame.keyFrame());
            if (mayOvertake(frame)) {
                decoder.holdBack(GroupDecoder.MOST_DELAYED);
            }
            decoder.send(frame.sequence(), frame.payload());
            receive();
        } catch (FrameCodecException e) {
            fail(frame.sequence(), e.getMessage());
        }
        if (ready.size() > MOST_WAITING) {
            fail(inside.firstKey(), noPicture());
        }
        settle();
    }

    /** Whether a later frame may be shown before it. Only of H.264 FFmpeg does not learn that in time. */
    private boolean mayOvertake(EncodedFrame frame) {
        return reordered && frame.format().codec() == Codec.H264 && frame.dts() != frame.pts();
    }

    private String noPicture() {
        return "expected " + key.format() + ", found bytes without a picture";
    }

    private void receive() throws FrameCodecException {
        for (GroupDecoder.Decoded decoded = decoder.receive(); decoded != null; decoded = decoder.receive()) {
            Sent sent = inside.remove(decoded.number());
            if (sent == null) {
                if (decoded.picture() != null) {
                    decoded.picture().close();
                }
            } else if (decoded.damage() != null) {
                inside.put(decoded.number(), sent);
                fail(decoded.number(), decoded.damage().getMessage());
            } else {
                ready.add(new Out(sent, decoded.picture()));
            }
        }
    }

    private void fail(long sequence, String reason) {
        if (sequence < failedAt) {
            failedAt = sequence;
            failure = reason;
        }
        drain();
    }

    /** Takes what the decoder holds back; afterwards it is of no more use. */
    private void drain() {
        if (ended) {
            return;
        }
        ended = true;
        decoder.end();
        for (int most = inside.size() + 1; most > 0; most--) {
            try {
                receive();
                break;
            } catch (FrameCodecException e) {
                // Which frame it is of shows by its not coming out.
                failure = failure == null ? e.getMessage() : failure;
            }
        }
        if (!inside.isEmpty() && inside.firstKey() < failedAt) {
            failure = failure == null ? noPicture() : failure;
            failedAt = inside.firstKey();
        }
    }

    /**
     * No more frames come.
     *
     * @param comesAgain the frames from this sequence on are sent anew, and told then
     */
    void end(long comesAgain) {
        again = comesAgain;
        drain();
        settle();
    }

    /** Lets go what is certain. */
    private void settle() {
        while (!ready.isEmpty()
                && (ended
                        || inside.headMap(ready.peek().sent().frame().sequence())
                                .isEmpty())) {
            Out out = ready.remove();
            if (out.sent().frame().sequence() >= failedAt) {
                out.picture().close();
                leaveOut(out.sent());
            } else if (isUnwanted(out.sent())) {
                out.picture().close();
            } else {
                outcomes.add(new Shown(out.sent().frame(), out.picture(), false));
            }
        }
        if (ended) {
            inside.values().forEach(this::leaveOut);
            inside.clear();
        }
    }

    private boolean isUnwanted(Sent sent) {
        return sent.hidden() || sent.frame().sequence() >= again;
    }

    private void leaveOut(Sent sent) {
        if (isUnwanted(sent)) {
            return;
        }
        long sequence = sent.frame().sequence();
        boolean own = sequence == failedAt;
        outcomes.add(new LeftOut(
                sent.frame(),
                own ? Cause.DAMAGED : Cause.NO_REFERENCE,
                "frame " + sequence + ": "
                        + (own ? "" : "expected a frame " + failedAt + " to refer to, found one that does not decode: ")
                        + failure));
    }

    @Override
    public void close() {
        decoder.close();
        ready.forEach(out -> out.picture().close());
        ready.clear();
        outcomes.forEach(Outcome::free);
        outcomes.clear();
    }
}
