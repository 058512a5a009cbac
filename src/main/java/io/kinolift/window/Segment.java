package io.kinolift.window;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Rational;
import io.kinolift.frame.TimeGrid;
import java.util.List;

/** The open segment of a stream: takes frames in order, fills holes or ends there, and cuts windows. */
final class Segment {
    private final String streamId;
    private final WindowSettings settings;
    private final TimeGrid grid;
    private final Reach reach;
    private final WindowCutter cutter;
    private final HeldFrames held;
    private final StreamState state;
    private final WindowListener listener;

    Segment(
            String streamId,
            WindowSettings settings,
            OutputGrid outputs,
            HeldFrames held,
            StreamState state,
            WindowListener listener) {
        this.streamId = streamId;
        this.settings = settings;
        this.grid = outputs.times();
        this.reach = new Reach(grid);
        this.cutter = new WindowCutter(streamId, settings.size(), outputs, reach, held, state);
        this.held = held;
        this.state = state;
        this.listener = listener;
    }

    /**
     * Takes the next frame in order, which is held. A segment that it does not continue ends before it.
     *
     * @param place its rank in the order of display
     */
    void append(SourceFrame source, long place) {
        EncodedFrame frame = source.frame();
        String format = HeldFrames.format(frame);
        boolean fits = state.frames() > 0 && format.equals(state.format) && !frame.discontinuity();
        long missing = place - state.segmentEnd;
        if (frame.discontinuity()) {
            note(Incident.DISCONTINUITY);
        }
        if (state.frames() > 0 && !format.equals(state.format)) {
            note(Incident.FORMAT_CHANGE);
        }
        if (!fits || (missing > 0 && !fill(source, missing)) || isFullTensor()) {
            end(FrameTime.of(frame));
            start(place, missing > 0 || frame.discontinuity() || state.afterGap);
        }
        state.format = format;
        state.lastTime = FrameTime.of(frame);
        state.segmentEnd = place + 1;
        state.inHand--;
        closeFull();
    }

    /** A window that is a tensor of its own waits for the next frame, because its outputs must begin before it. */
    private boolean isFullTensor() {
        return settings.edges() == WindowEdges.INDEPENDENT && state.frames() >= settings.size();
    }

    /** Makes up the frames that are missing before one that continues the segment, if the policy says so. */
    private boolean fill(SourceFrame next, long missing) {
        boolean decodesAlone = !next.frame().format().codec().isInterCoded();
        if (settings.gap() == GapPolicy.SPLIT || missing > settings.gapFrames() || !decodesAlone) {
            return false;
        }
        SourceFrame last = held.at(state.segmentEnd - 1);
        long bytes = FrameBuffer.bytes(last.frame()) + FrameBuffer.bytes(next.frame());
        if (next.frame().pts() - last.frame().pts() <= missing || bytes > settings.gapBytes()) {
            return false;
        }
        for (long part = 1; part <= missing; part++) {
            held.put(filled(last, next, part, missing + 1));
            state.filled++;
            state.filledHeld++;
            state.segmentEnd++;
            closeFull();
        }
        return true;
    }

    private SourceFrame filled(SourceFrame last, SourceFrame next, long part, long parts) {
        EncodedFrame from = last.frame();
        long gap = next.frame().pts() - from.pts();
        long pts = from.pts() + share(gap, part, parts);
        long end = from.pts() + share(gap, part + 1, parts);
        EncodedFrame frame = new EncodedFrame(
                from.streamId(),
                from.session(),
                from.sequence() + part,
                pts,
                end - pts,
                from.timeBase(),
                from.format(),
                from.keyFrame(),
                false,
                from.captureMicros(),
                from.payload());
        SourceFrame after = settings.gap() == GapPolicy.BRIDGE ? next : null;
        return new SourceFrame(
                frame,
                last.topic(),
                last.partition(),
                last.offset(),
                last.trace(),
                last.envelope(),
                new Filling(after, part, parts));
    }

    /** floor(gap * part / parts) where the product may overflow. */
    private static long share(long gap, long part, long parts) {
        return gap / parts * part + gap % parts * part / parts;
    }

    private void closeFull() {
        if (settings.edges() == WindowEdges.INDEPENDENT) {
            return;
        }
        while (state.frames() >= state.nextCore + settings.size() + reach.after()) {
            long coreTo = state.nextCore + settings.size();
            emit(coreTo, Math.max(state.nextOutput, grid.outputsBefore(coreTo)), false, null);
        }
    }

    /** Lets outputs leave that are already final. */
    void idle() {
        if (settings.edges() == WindowEdges.INDEPENDENT) {
            return;
        }
        long outputTo = reach.finalOutputs(state.nextOutput, state.frames());
        if (outputTo > state.nextOutput) {
            long coreTo = Math.max(state.nextCore, reach.settledInputs(outputTo));
            emit(Math.min(coreTo, state.frames()), outputTo, false, null);
        }
    }

    /**
     * Ends the segment; an empty one begins behind it.
     *
     * @param next when the frame behind it begins, or null
     */
    void end(FrameTime next) {
        long frames = state.frames();
        long outputs = frames == 0 ? 0 : grid.outputCount(frames);
        while (state.nextCore < frames || state.nextOutput < outputs) {
            long coreTo = Math.min(frames, state.nextCore + settings.size());
            long outputTo = coreTo == frames ? outputs : Math.min(outputs, grid.outputsBefore(coreTo));
            emit(coreTo, Math.max(state.nextOutput, outputTo), true, next);
        }
        deleteBefore(frames);
        // The outputs of a segment without any are missing before the next one, as is what it could not tell of.
        boolean silent = frames > 0 && outputs == 0;
        start(state.segmentEnd, silent || (frames == 0 && state.afterGap));
    }

    void start(long sequence, boolean afterGap) {
        state.segmentStart = sequence;
        state.segmentEnd = sequence;
        state.segmentOutput = outputSequence(sequence);
        state.afterGap = afterGap;
        state.nextCore = 0;
        state.nextOutput = 0;
        state.outputLevels.clear();
        state.coreBegun = false;
        state.firstKept = 0;
    }

    /** The output sequence of the first output of a segment that begins at {@code sequence}. */
    long outputSequence(long sequence) {
        return grid.firstSequence(sequence) + state.outputShift;
    }

    /**
     * Numbers the outputs of a segment whose row does not say how. Under other settings than the row's the old grid is
     * gone, but not how many outputs the inputs of this segment had, which bounds what earlier inputs can have had.
     */
    void numberOldRow(boolean sameGrid) {
        state.segmentOutput = outputSequence(state.segmentStart);
        if (!sameGrid && state.nextCore > 0) {
            long bound = Rational.of(state.nextOutput, state.nextCore).ceilOfProduct(state.segmentStart);
            state.segmentOutput = Math.max(state.segmentOutput, bound);
        }
    }

    /**
     * Begins anew at the first frame without a published output, because outputs were counted on another grid. A frame
     * with some published outputs gets no further ones. Output sequences are those of the new grid, or the next free
     * ones where these are taken.
     */
    void regrid() {
        long nextSequence = state.segmentOutput + state.nextOutput;
        boolean begun = state.nextCore > 0 || state.nextOutput > 0;
        if (begun) {
            settleBegunCore();
            deleteBefore(state.nextCore);
        }
        long end = state.segmentEnd;
        long first = state.segmentStart + state.nextCore;
        state.outputShift = Math.max(0, nextSequence - grid.firstSequence(first));
        boolean afterGap = begun || state.afterGap || outputSequence(first) != nextSequence;
        start(first, afterGap);
        state.segmentEnd = end;
    }

    /** A window without outputs for the input that had some of its outputs under the old settings. */
    private void settleBegunCore() {
        if (state.coreBegun && state.nextCore < state.frames()) {
            SourceFrame begun = held.at(state.segmentStart + state.nextCore);
            state.filledHeld -= begun.isFilled() ? 1 : 0;
            FrameWindow window = new FrameWindow(
                    streamId,
                    state.session,
                    state.segmentStart,
                    state.segmentOutput,
                    state.nextCore,
                    List.of(begun),
                    state.nextCore,
                    state.nextCore + 1,
                    state.nextOutput,
                    state.nextOutput,
                    false,
                    false,
                    null,
                    0,
                    held.decodeOrder(state.segmentStart + state.nextCore, 1),
                    EarlierOutputs.NONE);
            state.nextCore++;
            listener.window(window);
        }
    }

    private void emit(long coreTo, long outputTo, boolean segmentEnds, FrameTime next) {
        FrameWindow window = cutter.window(
                new WindowCutter.Part(state.nextCore, coreTo, state.nextOutput, outputTo, segmentEnds, next));
        state.filledHeld -= coreTo - state.nextCore - window.receivedInCore();
        state.nextCore = coreTo;
        state.nextOutput = outputTo;
        state.coreBegun = outputTo > 0 && grid.owner(outputTo - 1) >= coreTo;
        listener.window(window);
        // What the window is decoded from, and what its outputs refer to, is read while it is worked on.
        deleteBefore(cutter.firstNeeded(outputTo, coreTo));
    }

    private void deleteBefore(long index) {
        for (; state.firstKept < index; state.firstKept++) {
            held.delete(state.segmentStart + state.firstKept);
        }
    }

    private void note(Incident incident) {
        state.count(incident, 1);
        listener.noted(incident);
    }
}
