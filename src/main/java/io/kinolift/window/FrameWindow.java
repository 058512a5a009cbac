package io.kinolift.window;

import io.kinolift.frame.EncodedFrame;
import java.util.List;

/**
 * Everything that is needed to make a run of output frames. Inputs and outputs are counted from the start of the
 * segment; ranges include their start and exclude their end.
 *
 * @param segmentStart the input sequence at index 0, counted in the order of display
 * @param segmentOutput the output sequence of output 0
 * @param firstIndex the index of {@code frames.get(0)}
 * @param frames the core and its halo, without holes
 * @param coreFrom first input that this window settles
 * @param coreTo end of the inputs that this window settles
 * @param outputFrom first output
 * @param outputTo end of the outputs
 * @param reachesEnd whether the last of {@code frames} is the last of the segment
 * @param afterGap whether something is missing or cut before index 0
 * @param next when the frame behind the segment begins, later than every pts in it; null while the segment is open, or
 *     if unknown
 * @param level how far below the stream's plan its outputs are made; 0 for as planned
 * @param decodeOrder what inter-coded frames are decoded from; null for frames that can each be decoded alone
 * @param earlierOutputs what its first output may refer to
 */
public record FrameWindow(
        String streamId,
        long session,
        long segmentStart,
        long segmentOutput,
        long firstIndex,
        List<SourceFrame> frames,
        long coreFrom,
        long coreTo,
        long outputFrom,
        long outputTo,
        boolean reachesEnd,
        boolean afterGap,
        FrameTime next,
        int level,
        DecodeOrder decodeOrder,
        EarlierOutputs earlierOutputs) {
    public FrameWindow {
        frames = List.copyOf(frames);
    }

    /** The same window, its outputs to be made so far below the stream's plan. */
    public FrameWindow atLevel(int other) {
        return new FrameWindow(
                streamId,
                session,
                segmentStart,
                segmentOutput,
                firstIndex,
                frames,
                coreFrom,
                coreTo,
                outputFrom,
                outputTo,
                reachesEnd,
                afterGap,
                next,
                other,
                decodeOrder,
                earlierOutputs);
    }

    public long endIndex() {
        return firstIndex + frames.size();
    }

    public SourceFrame at(long index) {
        return frames.get(Math.toIntExact(index - firstIndex));
    }

    public EncodedFrame frame(long index) {
        return at(index).frame();
    }

    /** Core frames that were received, not made up. */
    public long receivedInCore() {
        long received = 0;
        for (long index = coreFrom; index < coreTo; index++) {
            received += at(index).isFilled() ? 0 : 1;
        }
        return received;
    }

    public boolean holds(long index) {
        return index >= firstIndex && index < endIndex();
    }
}
