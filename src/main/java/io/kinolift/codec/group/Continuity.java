package io.kinolift.codec.group;

import io.kinolift.codec.group.LeftOut.Cause;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Rational;

/**
 * Says which frames of a stream can be decoded, as far as their headers tell: whether all that they refer to has come.
 * Frames are judged in the order of their records. Sessions rise; frames of older ones are repeated ones.
 *
 * <p>A producer that had to begin again may send frames twice. If the second copy begins with a key frame, later frames
 * refer to that copy. So it is used, but not shown.
 */
public final class Continuity {
    private final boolean reordered;
    private boolean begun;
    /** Whether the next frame of the session is the first of another run. */
    private boolean restarted;

    private long session;
    /** Of the frame that came last. */
    private long last;

    private long highest;
    private FrameFormat format;
    private Rational timeBase;
    /** Whether what came since the last key frame is whole. */
    private boolean open;
    /** Whether frames that are shown before that key frame can be decoded, too. */
    private boolean before;

    private boolean anyKey;
    private long keyPts;
    private String missing;

    /** What a frame is among the others. */
    public enum Place {
        /** It refers to no other. */
        ALONE,
        /** A group begins with it. */
        KEY,
        /** It belongs to the group, is shown before its key frame, and refers to the group before. */
        LEADING,
        /** It refers to frames of its own group. */
        FOLLOWING
    }

    /** A judgement. */
    public sealed interface Verdict {}

    /**
     * It can be decoded.
     *
     * @param fresh whether nothing before it matters any more
     * @param repeated whether it has been shown before
     */
    public record Usable(Place place, boolean fresh, boolean repeated) implements Verdict {}

    /** It cannot be decoded. */
    public record Unusable(LeftOut leftOut) implements Verdict {}

    /** @param reordered as of {@link StreamDecoder} */
    public Continuity(boolean reordered) {
        this.reordered = reordered;
    }

    /** Whether frames of its kind may be shown before their key frame; those of VP9 and AV1 never are. */
    boolean mayLead(EncodedFrame frame) {
        Codec codec = frame.format().codec();
        return reordered && (codec == Codec.H264 || codec == Codec.HEVC);
    }

    /** Judges the next frame. */
    public Verdict judge(EncodedFrame frame) {
        if (begun && frame.session() < session) {
            return unusable(frame, Cause.REPEATED, "of session " + frame.session() + ", after session " + session);
        }
        boolean marked = frame.keyFrame() && frame.discontinuity() && frame.sequence() == 0;
        boolean newRun = !begun || frame.session() > session || marked || restarted;
        if (newRun) {
            beginRun(frame);
        }
        if (!frame.format().codec().isInterCoded()) {
            lose("frame " + frame.sequence() + " has another codec");
            last = frame.sequence();
            highest = Math.max(highest, last);
            return new Usable(Place.ALONE, true, false);
        }
        boolean repeated = !newRun && frame.sequence() <= highest;
        boolean inOrder = newRun || frame.sequence() == last + 1;
        if (repeated && !inOrder && !frame.keyFrame()) {
            return unusable(frame, Cause.REPEATED, "sequence " + frame.sequence() + " has come before");
        }
        String breach = breach(frame, inOrder);
        if (breach != null && open) {
            lose(breach);
        }
        last = frame.sequence();
        highest = Math.max(highest, last);
        return frame.keyFrame() ? key(frame, repeated) : dependent(frame, repeated);
    }

    private void beginRun(EncodedFrame frame) {
        begun = true;
        restarted = false;
        session = frame.session();
        highest = -1;
        anyKey = false;
        open = false;
        before = false;
        format = null;
        missing = null;
    }

    private String breach(EncodedFrame frame, boolean inOrder) {
        if (!inOrder) {
            return "frame " + (last + 1) + " has not come";
        } else if (frame.discontinuity()) {
            return "something is missing before frame " + frame.sequence() + ", which says so";
        } else if (format != null
                && (!frame.format().equals(format) || !frame.timeBase().equals(timeBase))) {
            return "frame " + frame.sequence() + " has another format, " + frame.format();
        }
        return null;
    }

    private Verdict key(EncodedFrame frame, boolean repeated) {
        before = open;
        open = true;
        anyKey = true;
        keyPts = frame.pts();
        format = frame.format();
        timeBase = frame.timeBase();
        return new Usable(Place.KEY, !before, repeated);
    }

    private Verdict dependent(EncodedFrame frame, boolean repeated) {
        if (!open) {
            return anyKey
                    ? unusable(frame, Cause.NO_REFERENCE, missing)
                    : unusable(frame, Cause.NO_KEY_FRAME, "no key frame has come yet");
        }
        boolean leads = mayLead(frame) && frame.pts() < keyPts;
        if (leads && !before) {
            return unusable(
                    frame,
                    missing == null ? Cause.NO_KEY_FRAME : Cause.NO_REFERENCE,
                    "shown before its key frame, and the frames before that are not whole");
        }
        before &= leads;
        return new Usable(leads ? Place.LEADING : Place.FOLLOWING, false, repeated);
    }

    private static Unusable unusable(EncodedFrame frame, Cause cause, String reason) {
        return new Unusable(new LeftOut(frame, cause, "frame " + frame.sequence() + ": " + reason));
    }

    /** Something is missing: no frame can be used before the next key frame. */
    public void lose(String what) {
        open = false;
        before = false;
        missing = what;
    }

    /** The session begins anew: what comes next repeats nothing, whatever its number, and refers to nothing before it. */
    public void restart() {
        restarted = true;
        lose("the stream has begun anew");
    }

    /** Whether frames that follow can refer to what has come. */
    public boolean isOpen() {
        return open;
    }
}
