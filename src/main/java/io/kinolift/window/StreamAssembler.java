package io.kinolift.window;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.TimeGrid;
import java.util.ArrayList;
import java.util.List;

/** Turns the frames of one stream, as they arrive, into windows. Not safe for use by several threads. */
public final class StreamAssembler {
    private final String streamId;
    private final WindowSettings settings;
    private final TimeGrid grid;
    private final Reach reach;
    private final FrameBuffer buffer;
    private final StreamState state;
    private final WindowListener listener;

    /**
     * @param fingerprint hash of every setting that shapes output; where it differs from the state's, the open segment
     *     ends before the next frame
     */
    public StreamAssembler(
            String streamId,
            WindowSettings settings,
            TimeGrid grid,
            String fingerprint,
            FrameBuffer buffer,
            StreamState state,
            WindowListener listener) {
        this.streamId = streamId;
        this.settings = settings;
        this.grid = grid;
        this.reach = new Reach(grid);
        this.buffer = buffer;
        this.state = state;
        this.listener = listener;
        if (!state.fingerprint.equals(fingerprint)) {
            // Outputs already taken were counted on the old grid, so the new one must start from its own zero.
            discardSettled();
            state.fingerprint = fingerprint;
        }
    }

    /** Takes a frame record whose header is sound. */
    public void accept(SourceFrame source) {
        EncodedFrame frame = source.frame();
        if (!enterSession(frame.session(), frame.sequence())) {
            drop(source, DropPolicy.OLD_SESSION);
            return;
        }
        state.received++;
        if (state.ended) {
            drop(source, DropPolicy.AFTER_END);
        } else if (state.waiting.containsKey(frame.sequence())) {
            drop(source, DropPolicy.DUPLICATE);
        } else if (frame.sequence() < state.nextSequence) {
            boolean late = frame.sequence() >= state.gapFrom && frame.sequence() < state.gapTo;
            drop(source, late ? DropPolicy.LATE : DropPolicy.DUPLICATE);
        } else if (frame.sequence() == state.nextSequence) {
            buffer.put(source);
            append(source);
            drainWaiting();
        } else {
            buffer.put(source);
            state.waiting.put(frame.sequence(), FrameBuffer.bytes(frame));
            while (!state.waiting.isEmpty() && isReorderBoundPassed()) {
                declareGap(state.waiting.firstKey());
                drainWaiting();
            }
        }
    }

    /** Counts a record of this stream that has no place in it: unparseable, or with an unsound header. */
    public void acceptUnusable() {
        state.received++;
    }

    /**
     * Takes the end of the stream.
     *
     * @param sequence the number of frames the producer sent
     */
    public void end(long session, long sequence) {
        if (!enterSession(session, sequence == 0 ? -1 : sequence) || state.ended) {
            return;
        }
        while (!state.waiting.isEmpty()) {
            declareGap(state.waiting.firstKey());
            drainWaiting();
        }
        endSegment();
        state.ended = true;
        listener.ended(session, Math.max(sequence, state.nextSequence));
    }

    /** Nothing came for a while: outputs that are already final need not wait. */
    public void idle() {
        if (settings.edges() == WindowEdges.INDEPENDENT || !state.started || state.ended) {
            return;
        }
        long outputTo = reach.finalOutputs(state.nextOutput, state.frames());
        if (outputTo > state.nextOutput) {
            long coreTo = Math.max(state.nextCore, reach.settledInputs(outputTo));
            emit(Math.min(coreTo, state.frames()), outputTo, false);
        }
    }

    /** Whether frames of this session take part; a higher session starts anew. */
    private boolean enterSession(long session, long sequence) {
        boolean restart = state.ended && session == state.session && sequence == 0;
        if (state.started && session < state.session) {
            return false;
        }
        if (!state.started || session > state.session || restart) {
            flush();
            if (session != state.session) {
                state.received = 0;
                state.dropped.clear();
            }
            state.started = true;
            state.ended = false;
            state.session = session;
            state.nextSequence = 0;
            state.lastPts = Long.MIN_VALUE;
            state.gapFrom = 0;
            state.gapTo = 0;
            startSegment(false);
        }
        return true;
    }

    private void flush() {
        while (!state.waiting.isEmpty()) {
            declareGap(state.waiting.firstKey());
            drainWaiting();
        }
        endSegment();
    }

    private void drainWaiting() {
        while (!state.waiting.isEmpty() && state.waiting.firstKey() == state.nextSequence) {
            state.waiting.pollFirstEntry();
            append(buffer.get(state.session, state.nextSequence));
        }
    }

    private boolean isReorderBoundPassed() {
        long bytes = state.waiting.values().stream().mapToLong(Long::longValue).sum();
        return state.waiting.size() > settings.reorderFrames() || bytes > settings.reorderBytes();
    }

    private void declareGap(long nextSequence) {
        endSegment();
        state.gapFrom = state.nextSequence;
        state.gapTo = nextSequence;
        state.nextSequence = nextSequence;
        startSegment(true);
    }

    /** The frame is in the buffer and next in order. */
    private void append(SourceFrame source) {
        EncodedFrame frame = source.frame();
        state.inHand = true;
        if (state.lastPts != Long.MIN_VALUE && frame.pts() <= state.lastPts) {
            endSegment();
            buffer.delete(state.session, frame.sequence());
            state.nextSequence++;
            state.inHand = false;
            startSegment(true);
            listener.refused(source, "expected a pts above " + state.lastPts + ", found " + frame.pts());
            return;
        }
        String format = frame.format() + " " + frame.timeBase() + " " + frame.format().sampleAspectRatio() + " "
                + frame.format().colour();
        if (state.frames() > 0 && (frame.discontinuity() || !format.equals(state.format))) {
            endSegment();
            startSegment(frame.discontinuity());
        }
        state.afterGap |= state.frames() == 0 && frame.discontinuity();
        state.format = format;
        state.lastPts = frame.pts();
        state.nextSequence++;
        state.inHand = false;
        closeFull();
    }

    private void closeFull() {
        if (settings.edges() == WindowEdges.INDEPENDENT) {
            if (state.frames() >= settings.size()) {
                endSegment();
                startSegment(false);
            }
            return;
        }
        while (state.frames() >= state.nextCore + settings.size() + reach.after()) {
            long coreTo = state.nextCore + settings.size();
            emit(coreTo, Math.max(state.nextOutput, grid.outputsBefore(coreTo)), false);
        }
    }

    private void endSegment() {
        long frames = state.frames();
        long outputs = frames == 0 ? 0 : grid.outputCount(frames);
        while (state.nextCore < frames || state.nextOutput < outputs) {
            long coreTo = Math.min(frames, state.nextCore + settings.size());
            long outputTo = coreTo == frames ? outputs : Math.min(outputs, grid.outputsBefore(coreTo));
            emit(coreTo, Math.max(state.nextOutput, outputTo), true);
        }
        for (long index = state.firstKept; index < frames; index++) {
            buffer.delete(state.session, state.segmentStart + index);
        }
        startSegment(false);
    }

    private void startSegment(boolean afterGap) {
        state.segmentStart = state.nextSequence;
        state.afterGap = afterGap;
        state.nextCore = 0;
        state.nextOutput = 0;
        state.firstKept = 0;
    }

    private void emit(long coreTo, long outputTo, boolean segmentEnds) {
        long firstIndex = Math.max(state.firstKept, reach.firstNeeded(state.nextOutput, state.nextCore));
        long lastIndex = Math.min(state.frames() - 1, reach.lastNeeded(outputTo, coreTo));
        List<SourceFrame> frames = new ArrayList<>();
        for (long index = firstIndex; index <= lastIndex; index++) {
            frames.add(buffer.get(state.session, state.segmentStart + index));
        }
        FrameWindow window = new FrameWindow(
                streamId, state.session, state.segmentStart, firstIndex, frames, state.nextCore, coreTo,
                state.nextOutput, outputTo, segmentEnds && lastIndex == state.frames() - 1, state.afterGap);
        state.nextCore = coreTo;
        state.nextOutput = outputTo;
        long keepFrom = reach.firstNeeded(outputTo, coreTo);
        for (; state.firstKept < keepFrom; state.firstKept++) {
            buffer.delete(state.session, state.segmentStart + state.firstKept);
        }
        listener.window(window);
    }

    /** Restarts the open segment at its first frame that no window has settled. */
    private void discardSettled() {
        if (state.started && !state.fingerprint.isEmpty() && state.nextOutput > 0) {
            for (; state.firstKept < state.nextCore; state.firstKept++) {
                buffer.delete(state.session, state.segmentStart + state.firstKept);
            }
            state.segmentStart += state.nextCore;
            state.afterGap = true;
            state.nextCore = 0;
            state.nextOutput = 0;
            state.firstKept = 0;
        }
    }

    private void drop(SourceFrame source, DropPolicy policy) {
        if (policy == DropPolicy.OLD_SESSION) {
            state.received++;
        }
        state.dropped.merge(policy, 1L, Long::sum);
        listener.dropped(source, policy);
    }
}
