package io.kinolift.window;

import io.kinolift.frame.TimeGrid;
import java.util.ArrayList;
import java.util.List;

/** Cuts windows out of the frames of the open segment, and knows which frames later windows need. */
final class WindowCutter {
    private final String streamId;
    private final int size;
    private final OutputGrid outputs;
    private final TimeGrid grid;
    private final Reach reach;
    private final HeldFrames held;
    private final StreamState state;

    /** @param size the most core frames of a window that makes outputs once more */
    WindowCutter(String streamId, int size, OutputGrid outputs, Reach reach, HeldFrames held, StreamState state) {
        this.streamId = streamId;
        this.size = size;
        this.outputs = outputs;
        this.grid = outputs.times();
        this.reach = reach;
        this.held = held;
        this.state = state;
    }

    /**
     * A part of the segment.
     *
     * @param ends whether the segment ends behind the frames that it has
     * @param next when the frame behind it begins, or null
     */
    record Part(long coreFrom, long coreTo, long outputFrom, long outputTo, boolean ends, FrameTime next) {}

    /** The window of a part that comes next. */
    FrameWindow window(Part part) {
        long groupStart = outputs.groupStart(part.outputFrom());
        boolean refers = groupStart < part.outputFrom() && part.outputFrom() < part.outputTo();
        return window(part, refers ? () -> earlier(groupStart, part) : EarlierOutputs.NONE);
    }

    private FrameWindow window(Part part, EarlierOutputs earlier) {
        long firstIndex = Math.max(state.firstKept, reach.firstNeeded(part.outputFrom(), part.coreFrom()));
        long lastIndex = Math.min(state.frames() - 1, reach.lastNeeded(part.outputTo(), part.coreTo()));
        List<SourceFrame> frames = new ArrayList<>();
        for (long index = firstIndex; index <= lastIndex; index++) {
            frames.add(held.at(state.segmentStart + index));
        }
        boolean reachesEnd = part.ends() && lastIndex == state.frames() - 1;
        return new FrameWindow(
                streamId,
                state.session,
                state.segmentStart,
                state.segmentOutput,
                firstIndex,
                frames,
                part.coreFrom(),
                part.coreTo(),
                part.outputFrom(),
                part.outputTo(),
                reachesEnd,
                state.afterGap,
                reachesEnd ? part.next() : null,
                state.outputLevels.at(part.outputFrom()),
                held.decodeOrder(state.segmentStart + firstIndex, frames.size()),
                earlier);
    }

    /** The outputs from the start of the group up to a part, in windows that are no larger than others, each of one level. */
    private Iterable<FrameWindow> earlier(long groupStart, Part before) {
        List<Part> parts = new ArrayList<>();
        long output = groupStart;
        for (long core = grid.owner(groupStart); output < before.outputFrom(); core += size) {
            long coreTo = Math.min(core + size, state.frames());
            long outputTo = Math.min(before.outputFrom(), grid.outputsBefore(core + size));
            while (output < outputTo) {
                long end = Math.min(outputTo, state.outputLevels.endOf(output));
                parts.add(new Part(core, coreTo, output, end, before.ends(), before.next()));
                output = end;
            }
        }
        return () ->
                parts.stream().map(part -> window(part, EarlierOutputs.NONE)).iterator();
    }

    /** The first frame that windows from an output on need, also to make the outputs that it may refer to. */
    long firstNeeded(long output, long core) {
        long groupStart = outputs.groupStart(output);
        long needed = reach.firstNeeded(output, core);
        return groupStart == output ? needed : Math.min(needed, reach.firstNeeded(groupStart, grid.owner(groupStart)));
    }
}
