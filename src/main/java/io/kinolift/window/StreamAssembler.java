package io.kinolift.window;

import io.kinolift.frame.EncodedFrame;

/**
 * Turns the frames of one stream, as they arrive, into windows. It decides which frame is next, which must wait, and
 * which is late, a duplicate or of another run. Not safe for use by several threads.
 */
public final class StreamAssembler {
    private final WindowSettings settings;
    private final String fingerprint;
    private final FrameBuffer buffer;
    private final StreamState state;
    private final WindowListener listener;
    private final HeldFrames held;
    private final Segment segment;
    private final GroupOrder groups;

    /**
     * @param outputs where they lie in time, and which of them refer to each other
     * @param fingerprint hash of every setting that shapes output; where it differs from the state's, the open segment
     *     ends before the next frame
     */
    public StreamAssembler(
            String streamId,
            WindowSettings settings,
            OutputGrid outputs,
            String fingerprint,
            FrameBuffer buffer,
            StreamState state,
            WindowListener listener) {
        this.settings = settings;
        this.fingerprint = fingerprint;
        this.buffer = buffer;
        this.state = state;
        this.listener = listener;
        this.held = new HeldFrames(buffer, state);
        this.segment = new Segment(streamId, settings, outputs, held, state, listener);
        this.groups = new GroupOrder(settings.groups(), state, held, this::showCoded, listener);
        if (state.segmentOutput == StreamState.UNKNOWN) {
            segment.numberOldRow(state.fingerprint.equals(fingerprint));
        }
    }

    /** Takes a frame record whose header is sound. */
    public void accept(SourceFrame source) {
        adoptSettings();
        EncodedFrame frame = source.frame();
        if (state.isOld(frame.session())) {
            state.received++;
            drop(source, DropPolicy.OLD_SESSION);
            return;
        }
        startRunOf(frame);
        state.received++;
        DropPolicy policy = dropPolicy(frame.sequence());
        if (policy == null) {
            buffer.put(source);
            place(source);
        } else {
            drop(source, policy);
        }
    }

    /** Counts a record of this stream that cannot take a place in it: unparseable, or with an unsound header. */
    public void acceptUnusable() {
        state.received++;
    }

    /** Counts a frame that will not be used in its own session: a run may consist of nothing else. */
    public void acceptUnusable(EncodedFrame frame) {
        adoptSettings();
        if (!state.isOld(frame.session())) {
            startRunOf(frame);
        }
        acceptUnusable();
    }

    private void startRunOf(EncodedFrame frame) {
        if (state.isNew(frame.session()) || isRestart(frame)) {
            startRun(frame.session(), FrameTime.of(frame));
        }
    }

    /**
     * Takes the end of the stream.
     *
     * @param sequence the number of frames the producer sent
     */
    public void end(long session, long sequence) {
        adoptSettings();
        if (state.isOld(session)) {
            note(Incident.OLD_END);
        } else if (state.ended && session == state.session) {
            note(Incident.REPEATED_END);
        } else {
            if (state.isNew(session)) {
                startRun(session, null);
            }
            drainAll();
            if (sequence > state.nextSequence) {
                declareMissing(sequence);
            }
            endSegment(null);
            state.ended = true;
            listener.ended(session, segment.outputSequence(state.nextSequence));
        }
    }

    /** Nothing has arrived for a while: outputs that are already final need not wait. */
    public void idle() {
        if (state.started && !state.ended) {
            adoptSettings();
            segment.idle();
        }
    }

    /** The producer is assumed to be gone: the stream ends after its last frame. */
    public void abandon() {
        if (state.started && !state.ended) {
            note(Incident.END_BY_TIMEOUT);
            end(state.session, state.nextSequence);
        }
    }

    /**
     * Lets everything leave that is held, as at the end, but the stream goes on with its next frame. That begins a new
     * segment, and is marked as a discontinuity.
     */
    public void rest() {
        adoptSettings();
        drainAll();
        endSegment(null);
        state.afterGap = true;
        note(Incident.REST);
    }

    private void adoptSettings() {
        if (!state.fingerprint.equals(fingerprint)) {
            boolean changed = state.started && !state.ended && !state.fingerprint.isEmpty();
            state.fingerprint = fingerprint;
            if (changed) {
                segment.regrid();
                note(Incident.SETTINGS_CHANGE);
            }
        }
    }

    /** A discontinuity mark on frame 0 means a restart only if later frames have arrived. */
    private boolean isRestart(EncodedFrame frame) {
        boolean marked = frame.discontinuity() && state.nextSequence > 1 && !state.isMissing(0);
        return frame.sequence() == 0 && (state.ended || marked);
    }

    /** @param next when the first frame of the run begins, or null */
    private void startRun(long session, FrameTime next) {
        boolean restart = state.started && session == state.session;
        drainAll();
        groups.loseGroup();
        // Another run may have another clock.
        boolean sameClock = next != null && state.lastTime != null && next.isAfter(state.lastTime);
        endSegment(sameClock ? next : null);
        state.startRun(session);
        segment.start(0, false);
        if (restart) {
            note(Incident.RESTART);
        }
    }

    /** Ends the segment and the group of pictures. */
    private void endSegment(FrameTime next) {
        groups.loseGroup();
        segment.end(next);
        held.deleteUnneeded();
    }

    /** Why a frame has no place, or null. */
    private DropPolicy dropPolicy(long sequence) {
        if (state.ended) {
            return DropPolicy.AFTER_END;
        }
        if (state.isMissing(sequence)) {
            return DropPolicy.LATE;
        }
        return sequence < state.nextSequence || state.waiting.containsKey(sequence) ? DropPolicy.DUPLICATE : null;
    }

    /** The frame is in the buffer. */
    private void place(SourceFrame source) {
        long sequence = source.frame().sequence();
        if (sequence == state.nextSequence) {
            append(source);
            drainWaiting();
            return;
        }
        state.waiting.put(sequence, FrameBuffer.bytes(source.frame()));
        while (!state.waiting.isEmpty() && isReorderBoundPassed()) {
            declareMissing(state.waiting.firstKey());
            drainWaiting();
        }
    }

    private boolean isReorderBoundPassed() {
        long bytes = state.waiting.values().stream().mapToLong(Long::longValue).sum();
        return state.waiting.size() > settings.reorderFrames() || bytes > settings.reorderBytes();
    }

    private void drainAll() {
        while (!state.waiting.isEmpty()) {
            declareMissing(state.waiting.firstKey());
            drainWaiting();
        }
    }

    private void drainWaiting() {
        while (!state.waiting.isEmpty() && state.waiting.firstKey() == state.nextSequence) {
            state.waiting.pollFirstEntry();
            append(buffer.get(state.session, state.nextSequence));
        }
    }

    private void declareMissing(long nextSequence) {
        groups.settle();
        state.addMissing(state.nextSequence, nextSequence);
        state.count(Incident.MISSING_FRAME, nextSequence - state.nextSequence);
        state.nextSequence = nextSequence;
        note(Incident.GAP);
        groups.loseGroup();
    }

    /** The frame is in the buffer and next in order. */
    private void append(SourceFrame source) {
        if (source.frame().format().codec().isInterCoded()) {
            groups.take(source);
            return;
        }
        state.inHand++;
        if (state.group.holdsAny()) {
            groups.loseGroup();
            held.deleteUnneeded();
        }
        state.nextSequence = source.frame().sequence() + 1;
        show(source, source.frame().sequence());
    }

    private void showCoded(Coded coded, long place) {
        show(held.place(coded, place), place);
    }

    private void show(SourceFrame source, long place) {
        FrameTime time = FrameTime.of(source.frame());
        if (state.lastTime != null && !time.isAfter(state.lastTime)) {
            refuse(source, place, WindowListener.Refusal.TIME_NOT_AFTER, "a pts above " + state.lastTime);
        } else if (isJump(source.frame(), time)) {
            refuse(
                    source,
                    place,
                    WindowListener.Refusal.TIME_JUMP,
                    "a pts at most " + settings.timeJump().toMillis() + " ms (kinolift.time.jump.ms) after "
                            + state.lastTime);
        } else {
            segment.append(source, place);
        }
    }

    /**
     * One wrong time must not make all later frames too early. So a frame far ahead is refused; if the next one goes on
     * from there, the clock was set.
     */
    private boolean isJump(EncodedFrame frame, FrameTime time) {
        if (state.lastTime == null || frame.discontinuity() || !time.isBeyond(state.lastTime, settings.timeJump())) {
            state.jump = null;
            return false;
        }
        boolean confirmed =
                state.jump != null && time.isAfter(state.jump) && !time.isBeyond(state.jump, settings.timeJump());
        state.jump = confirmed ? null : time;
        if (confirmed) {
            // Nothing is made up across the jump.
            segment.end(time);
        }
        return !confirmed;
    }

    /** Its place stays empty: the next frame finds a hole before it. */
    private void refuse(SourceFrame source, long place, WindowListener.Refusal refusal, String expected) {
        held.delete(place);
        state.inHand--;
        listener.refused(source, refusal, "expected " + expected + ", found " + FrameTime.of(source.frame()));
    }

    private void drop(SourceFrame source, DropPolicy policy) {
        state.count(policy);
        listener.dropped(source, policy);
    }

    private void note(Incident incident) {
        state.count(incident, 1);
        listener.noted(incident);
    }
}
