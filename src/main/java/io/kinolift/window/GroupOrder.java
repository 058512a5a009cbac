package io.kinolift.window;

import io.kinolift.frame.EncodedFrame;
import java.util.Map;

/**
 * Puts inter-coded frames, which come in the order of decoding, into the order of display, and finds those that cannot be
 * decoded because something that they refer to is missing.
 *
 * <p>No later frame can be shown before the dts of the frame that came last. A frame has its place when this holds for it
 * and for all that it may refer to: decoders tell of some damage only when they show the picture that has it. No frame
 * waits for more than {@link #MOST_REORDERED} later ones; one without dts waits for so many.
 *
 * <p>A group begins with a key frame. A frame of it that is shown before that key frame may refer to the group before;
 * all others refer to their own group only. This holds for H.264 with recovery points, HEVC, VP9 and AV1.
 */
final class GroupOrder {
    /** Frames that one may have to wait for; H.264 and HEVC hold no more. */
    private static final int MOST_REORDERED = 16;

    private final GroupLimits limits;
    private final StreamState state;
    private final GroupState group;
    private final HeldFrames held;
    private final Display display;
    private final WindowListener listener;

    /** Receives frames in the order of display. */
    interface Display {
        /**
         * The next frame.
         *
         * @param place its rank in the order of display
         */
        void frame(Coded coded, long place);
    }

    GroupOrder(GroupLimits limits, StreamState state, HeldFrames held, Display display, WindowListener listener) {
        this.limits = limits;
        this.state = state;
        this.group = state.group;
        this.held = held;
        this.display = display;
        this.listener = listener;
    }

    /** Takes the frame that is next in order and in the buffer. */
    void take(SourceFrame source) {
        EncodedFrame frame = source.frame();
        state.inHand++;
        boolean sameFormat = HeldFrames.format(frame).equals(group.format);
        if (frame.discontinuity() || !sameFormat) {
            showAll();
            group.keyBefore = GroupState.NONE;
        }
        if (!frame.keyFrame() && frame.discontinuity()) {
            loseGroup();
            state.count(Incident.DISCONTINUITY, 1);
            listener.noted(Incident.DISCONTINUITY);
        }
        if (frame.keyFrame()) {
            beginGroup(source, sameFormat && !frame.discontinuity());
        }
        if (accepts(source, sameFormat)) {
            add(source);
        }
        held.deleteUnneeded();
    }

    /** @param goesOn whether frames may refer to the group before */
    private void beginGroup(SourceFrame source, boolean goesOn) {
        EncodedFrame frame = source.frame();
        group.keyBefore = goesOn ? group.key : GroupState.NONE;
        group.keyBeforeOffset = group.keyOffset;
        if (group.keyBefore == GroupState.NONE) {
            // One wrong time must not make all later ones too early.
            group.lastDts = EncodedFrame.NO_DTS;
            group.shownUntil = Long.MIN_VALUE;
        }
        group.key = frame.sequence();
        group.keyOffset = source.offset();
        group.keyPts = frame.pts();
        group.format = HeldFrames.format(frame);
        group.frames = 0;
        group.bytes = 0;
    }

    /** Whether a frame can be decoded; one that cannot is told to the listener. */
    private boolean accepts(SourceFrame source, boolean sameFormat) {
        EncodedFrame frame = source.frame();
        boolean leads = isLeading(frame);
        if (group.key == GroupState.NONE || (leads && group.keyBefore == GroupState.NONE)) {
            discard(source);
            state.nextSequence++;
            state.count(DropPolicy.NO_REFERENCE);
            listener.dropped(source, DropPolicy.NO_REFERENCE);
            return false;
        }
        if (!frame.keyFrame() && !sameFormat) {
            return refuse(
                    source,
                    WindowListener.Refusal.FORMAT_WITHIN_GROUP,
                    "expected the format of the key frame, " + group.format + ", found " + HeldFrames.format(frame));
        }
        boolean rises = frame.dts() > group.lastDts;
        if (frame.dts() != EncodedFrame.NO_DTS && !rises) {
            return refuse(
                    source,
                    WindowListener.Refusal.DTS_NOT_AFTER,
                    "expected a dts above " + group.lastDts + ", found " + frame.dts());
        }
        group.frames++;
        group.bytes += FrameBuffer.bytes(frame);
        if (group.frames > limits.frames() || group.bytes > limits.bytes()) {
            return refuse(
                    source,
                    WindowListener.Refusal.GROUP_TOO_LONG,
                    "expected a key frame after at most " + limits.frames()
                            + " frames (kinolift.group.frames) and " + limits.bytes()
                            + " bytes (kinolift.group.bytes), found " + group.frames + " frames and " + group.bytes
                            + " bytes without one");
        }
        if (!leads && !frame.keyFrame()) {
            group.keyBefore = GroupState.NONE;
        }
        return true;
    }

    private boolean isLeading(EncodedFrame frame) {
        return !frame.keyFrame() && frame.pts() < group.keyPts;
    }

    private boolean refuse(SourceFrame source, WindowListener.Refusal refusal, String detail) {
        discard(source);
        listener.refused(source, refusal, detail);
        settleUntil(source.frame().pts());
        state.nextSequence++;
        loseGroup();
        return false;
    }

    /** Nothing can be decoded from it. */
    private void discard(SourceFrame source) {
        held.deleteRow(source.frame().sequence());
        state.inHand--;
    }

    private void add(SourceFrame source) {
        EncodedFrame frame = source.frame();
        state.nextSequence++;
        group.lastDts = frame.dts();
        group.addRow(frame.sequence());
        long until = frame.pts() + frame.duration();
        Coded coded = isLeading(frame)
                ? new Coded(frame.sequence(), group.keyBefore, group.keyBeforeOffset, until)
                : new Coded(frame.sequence(), group.key, group.keyOffset, until);
        Coded same = group.pending.putIfAbsent(frame.pts(), coded);
        state.inHand--;
        if (same != null) {
            // Its row stays, because others may refer to it.
            listener.refused(
                    source,
                    WindowListener.Refusal.TIME_NOT_AFTER,
                    "expected a pts of its own, found " + frame.pts() + ", as of frame " + same.sequence());
        }
        while (!group.pending.isEmpty() && hasPlace(frame.dts())) {
            show(group.pending.pollFirstEntry().getValue());
        }
    }

    private boolean hasPlace(long dts) {
        if (group.pending.size() > MOST_REORDERED || dts == EncodedFrame.NO_DTS) {
            return group.pending.size() > MOST_REORDERED;
        }
        long first = group.pending.firstEntry().getValue().sequence();
        return group.pending.firstKey() <= dts
                && group.pending.tailMap(dts, false).values().stream().noneMatch(other -> other.sequence() < first);
    }

    private void show(Coded coded) {
        state.inHand++;
        group.shownUntil = coded.until();
        display.frame(coded, state.nextSequence - 1 - group.pending.size());
    }

    /**
     * Shows what is certainly shown before the frames that are about to be declared missing. A lost frame is not shown
     * before the dts of the last one that came, nor between two that touch in time.
     */
    void settle() {
        settleUntil(Long.MIN_VALUE);
    }

    private void settleUntil(long pts) {
        while (!group.pending.isEmpty() && isSettled(group.pending.firstKey(), pts)) {
            show(group.pending.pollFirstEntry().getValue());
        }
    }

    private boolean isSettled(long first, long pts) {
        boolean beginsAll = first == group.keyPts && group.keyBefore == GroupState.NONE;
        return beginsAll || first <= pts || first <= group.lastDts || first <= group.shownUntil;
    }

    /** Something is missing: what comes until the next key frame may refer to it. */
    void loseGroup() {
        showAll();
        group.key = GroupState.NONE;
        group.keyBefore = GroupState.NONE;
    }

    /** Nothing that comes is shown before what has come. */
    void showAll() {
        for (Map.Entry<Long, Coded> next = group.pending.pollFirstEntry();
                next != null;
                next = group.pending.pollFirstEntry()) {
            show(next.getValue());
        }
    }
}
