package io.kinolift.codec.group;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameDecoder;
import io.kinolift.codec.group.Continuity.Place;
import io.kinolift.codec.group.Continuity.Unusable;
import io.kinolift.codec.group.Continuity.Usable;
import io.kinolift.codec.group.LeftOut.Cause;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Picture;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Frames of one stream, in the order of their records, become pictures in the order of display. A picture is exactly what
 * its frame says, or it is left out and named: what comes after something that is missing or damaged is left out up to
 * the next key frame. Frames of all codecs are taken; a stream may change its codec, its size and its session.
 *
 * <p>Each group has a decoder of its own, which needs nothing from before its key frame. Frames that are shown before their
 * key frame go to the decoder of the group before. One instance is for one thread at a time; pictures outlive it.
 */
public final class StreamDecoder implements AutoCloseable {
    private final DecoderLimits limits;
    private final boolean reordered;
    private final Continuity continuity;
    private final Deque<Outcome> outcomes = new ArrayDeque<>();

    private FrameDecoder alone;
    private Codec aloneCodec;
    /** The group before the current one, as long as frames may come that need it; else null. */
    private ShownGroup before;

    private boolean sentKeyToBefore;
    private ShownGroup current;
    private final Told told = new Told();
    /** Of the last picture, if times must rise from there; else null. */
    private EncodedFrame shown;

    private boolean broken;

    /**
     * Opens no decoder yet.
     *
     * @param reordered whether frames may be shown in another order than that of their records. If not, each picture is
     *     there as soon as its frame has come; else H.264 may wait for {@link GroupDecoder#MOST_DELAYED} later frames
     */
    public StreamDecoder(DecoderLimits limits, boolean reordered) {
        this.limits = limits;
        this.reordered = reordered;
        this.continuity = new Continuity(reordered);
    }

    /** Takes the next frame. What becomes certain with it can be taken with {@link #next}. */
    public void add(EncodedFrame frame) {
        switch (continuity.judge(frame)) {
            case Unusable(LeftOut leftOut) -> {
                if (!continuity.isOpen()) {
                    finish();
                }
                tell(leftOut);
            }
            case Usable usable -> {
                if (usable.repeated() && usable.fresh()) {
                    // What has not been shown of the first copy comes with the second.
                    finish(frame.sequence());
                } else if (usable.fresh()) {
                    finish();
                    told.beginAt(frame.sequence());
                    shown = null;
                }
                decode(frame, usable.place(), usable.repeated() && told.has(frame.sequence()));
            }
        }
    }

    private void decode(EncodedFrame frame, Place place, boolean hidden) {
        switch (place) {
            case ALONE -> decodeAlone(frame);
            case KEY -> {
                begin(frame);
                send(frame, hidden);
            }
            case LEADING -> lead(frame, hidden);
            case FOLLOWING -> {
                finishBefore(Long.MAX_VALUE);
                send(frame, hidden);
            }
        }
        collect();
    }

    private void begin(EncodedFrame key) {
        finishBefore(Long.MAX_VALUE);
        before = current;
        sentKeyToBefore = false;
        open(key);
        if (!mayLead(key)) {
            finishBefore(Long.MAX_VALUE);
        }
    }

    private void send(EncodedFrame frame, boolean hidden) {
        if (current != null) {
            current.send(frame, hidden);
        }
    }

    private void lead(EncodedFrame frame, boolean hidden) {
        if (before == null) {
            tell(new LeftOut(
                    frame,
                    Cause.TIME_NOT_AFTER,
                    "frame " + frame.sequence() + ": expected a pts of at least "
                            + current.key().pts() + ", of the key frame, found " + frame.pts()));
            // Others may refer to it all the same.
            current.send(frame, true);
            return;
        }
        if (!sentKeyToBefore) {
            before.send(current.key(), true);
            sentKeyToBefore = true;
        }
        before.send(frame, hidden);
    }

    private void open(EncodedFrame key) {
        try {
            current = new ShownGroup(key, limits, reordered);
        } catch (FrameCodecException e) {
            current = null;
            continuity.lose("frame " + key.sequence() + " does not decode: " + e.getMessage());
            tell(new LeftOut(key, Cause.DAMAGED, "frame " + key.sequence() + ": " + e.getMessage()));
        }
    }

    private boolean mayLead(EncodedFrame key) {
        return continuity.mayLead(key) && key.dts() != key.pts();
    }

    /** Pictures of the current group wait for those of the group before. */
    private void collect() {
        ShownGroup first = before == null ? current : before;
        if (first != null) {
            collect(first);
        }
    }

    private void collect(ShownGroup group) {
        for (Outcome outcome = group.next(); outcome != null; outcome = group.next()) {
            tell(outcome);
        }
    }

    private void decodeAlone(EncodedFrame frame) {
        try {
            if (alone == null || aloneCodec != frame.format().codec()) {
                closeAlone();
                aloneCodec = frame.format().codec();
                alone = FrameCodecs.decoder(aloneCodec, limits);
            }
            tell(new Shown(frame, alone.decode(frame.format(), frame.payload()), false));
        } catch (FrameCodecException e) {
            tell(new LeftOut(frame, Cause.DAMAGED, "frame " + frame.sequence() + ": " + e.getMessage()));
        }
    }

    private void tell(Outcome outcome) {
        switch (outcome) {
            case LeftOut leftOut -> {
                told.add(leftOut.frame().sequence());
                broken |= leftOut.cause() != Cause.REPEATED;
                outcomes.add(leftOut);
            }
            case Shown(EncodedFrame frame, Picture picture, boolean _) -> {
                if (shown != null && frame.pts() <= shown.pts()) {
                    picture.close();
                    tell(new LeftOut(
                            frame,
                            Cause.TIME_NOT_AFTER,
                            "frame " + frame.sequence() + ": expected a pts above " + shown.pts() + ", found "
                                    + frame.pts()));
                    return;
                }
                told.add(frame.sequence());
                shown = frame.format().codec().isInterCoded() ? frame : null;
                outcomes.add(new Shown(frame, picture, broken));
                broken = false;
            }
        }
    }

    /**
     * A record of the stream could not be read: what comes up to the next key frame may refer to it.
     *
     * @param what one line
     */
    public void lose(String what) {
        continuity.lose(what);
        broken = true;
        finish();
    }

    /** No more frames come for now: all pictures that are held back can be taken. What follows begins with a key frame. */
    public void end() {
        finish();
        continuity.lose("what came before has ended");
        shown = null;
    }

    /**
     * As {@link #end}, and the stream begins anew in the same session. A frame 0 alone may be a second copy of the first:
     * who has seen the end record before it knows better.
     */
    public void restart() {
        end();
        continuity.restart();
    }

    /** What became of a frame that was added; null if nothing is known yet about any that is left. */
    public Outcome next() {
        return outcomes.poll();
    }

    private void finish() {
        finish(Long.MAX_VALUE);
    }

    private void finish(long comesAgain) {
        finishBefore(comesAgain);
        if (current != null) {
            finish(current, comesAgain);
            current = null;
        }
    }

    private void finishBefore(long comesAgain) {
        if (before != null) {
            finish(before, comesAgain);
            before = null;
        }
    }

    private void finish(ShownGroup group, long comesAgain) {
        group.end(comesAgain);
        collect(group);
        group.close();
    }

    private void closeAlone() {
        if (alone != null) {
            alone.close();
            alone = null;
        }
    }

    /** Frees all that was not taken. */
    @Override
    public void close() {
        closeAlone();
        if (before != null) {
            before.close();
            before = null;
        }
        if (current != null) {
            current.close();
            current = null;
        }
        outcomes.forEach(Outcome::free);
        outcomes.clear();
    }
}
