package io.kinolift.topology;

import io.kinolift.frame.Rational;
import io.kinolift.window.DecodeOrder;
import io.kinolift.window.EarlierOutputs;
import io.kinolift.window.FrameTime;
import io.kinolift.window.FrameWindow;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.MalformedRecordException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A window as a part of its event.
 *
 * <pre>
 * text streamId, session(8) segmentStart(8) segmentOutput(8) firstIndex(8) coreFrom(8) coreTo(8) outputFrom(8)
 * outputTo(8) reachesEnd(1) afterGap(1) level(4) next count(4) frames order
 * next    0(1) for none, or 1(1) pts(8) numerator(8) denominator(8)
 * frame   length(4) and the row of {@link SourceFrameBytes}
 * order   0(1) for frames that can each be decoded alone, or 1(1) end(8) per frame of the window start(8) startOffset(8),
 *         count(4) frames: those of the order that are not in the window
 * </pre>
 *
 * A decoder goes through the order from the start of a frame until its picture comes out, which may be some frames later,
 * or to the end: so all frames between are written. The row of a window's frame is the one that the order has.
 */
final class FrameWindowBytes {
    private static final int LEAST_FRAME_BYTES = 4;

    private FrameWindowBytes() {}

    /** Reads the order, so that the form can be used after its rows are gone. */
    static Consumer<EventWriter> form(FrameWindow window) {
        List<SourceFrame> others = window.decodeOrder() == null ? List.of() : others(window, window.decodeOrder());
        return out -> {
            writeNumbers(window, out);
            writeTime(window.next(), out);
            writeFrames(window.frames(), out);
            out.flag(window.decodeOrder() != null);
            if (window.decodeOrder() != null) {
                writeStarts(window, window.decodeOrder(), out);
                writeFrames(others, out);
            }
        };
    }

    private static List<SourceFrame> others(FrameWindow window, DecodeOrder order) {
        Set<Long> inWindow = new HashSet<>();
        long from = Long.MAX_VALUE;
        for (int i = 0; i < window.frames().size(); i++) {
            inWindow.add(window.frames().get(i).frame().sequence());
            from = Math.min(from, order.start(i));
        }
        List<SourceFrame> others = new ArrayList<>();
        for (long sequence = order.next(from); sequence < order.end(); sequence = order.next(sequence + 1)) {
            SourceFrame other = inWindow.contains(sequence) ? null : order.at(sequence);
            if (other != null) {
                others.add(other);
            }
        }
        return others;
    }

    private static void writeNumbers(FrameWindow window, EventWriter out) {
        out.text(window.streamId())
                .int64(window.session())
                .int64(window.segmentStart())
                .int64(window.segmentOutput())
                .int64(window.firstIndex())
                .int64(window.coreFrom())
                .int64(window.coreTo())
                .int64(window.outputFrom())
                .int64(window.outputTo())
                .flag(window.reachesEnd())
                .flag(window.afterGap())
                .int32(window.level());
    }

    private static void writeTime(FrameTime time, EventWriter out) {
        out.flag(time != null);
        if (time != null) {
            out.int64(time.pts())
                    .int64(time.timeBase().numerator())
                    .int64(time.timeBase().denominator());
        }
    }

    private static void writeFrames(List<SourceFrame> frames, EventWriter out) {
        out.int32(frames.size());
        frames.forEach(out::frame);
    }

    private static void writeStarts(FrameWindow window, DecodeOrder order, EventWriter out) {
        out.int64(order.end());
        for (int i = 0; i < window.frames().size(); i++) {
            out.int64(order.start(i)).int64(order.startOffset(i));
        }
    }

    static FrameWindow read(EventReader in) throws IOException, MalformedRecordException {
        String streamId = in.text();
        long session = in.int64();
        long segmentStart = in.int64();
        long segmentOutput = in.int64();
        long firstIndex = in.int64();
        long coreFrom = in.int64();
        long coreTo = in.int64();
        long outputFrom = in.int64();
        long outputTo = in.int64();
        boolean reachesEnd = in.flag();
        boolean afterGap = in.flag();
        int level = in.int32();
        FrameTime next = in.flag() ? new FrameTime(in.int64(), Rational.of(in.int64(), in.int64())) : null;
        List<SourceFrame> frames = readFrames(in);
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
                level,
                in.flag() ? readOrder(frames, in) : null,
                EarlierOutputs.NONE);
    }

    private static List<SourceFrame> readFrames(EventReader in) throws IOException, MalformedRecordException {
        List<SourceFrame> frames = new ArrayList<>();
        for (int left = in.count(LEAST_FRAME_BYTES); left > 0; left--) {
            frames.add(in.frame());
        }
        return frames;
    }

    private static DecodeOrder readOrder(List<SourceFrame> inWindow, EventReader in)
            throws IOException, MalformedRecordException {
        long end = in.int64();
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < inWindow.size(); i++) {
            starts.add(new Start(in.int64(), in.int64()));
        }
        NavigableMap<Long, SourceFrame> frames = new TreeMap<>();
        inWindow.forEach(frame -> frames.put(frame.frame().sequence(), frame));
        readFrames(in).forEach(frame -> frames.put(frame.frame().sequence(), frame));
        return new Carried(starts, frames, end);
    }

    private record Start(long sequence, long offset) {}

    /** An order with its frames in memory, by sequence. */
    private record Carried(List<Start> starts, NavigableMap<Long, SourceFrame> frames, long end)
            implements DecodeOrder {
        @Override
        public long start(long index) {
            return starts.get(Math.toIntExact(index)).sequence();
        }

        @Override
        public long startOffset(long index) {
            return starts.get(Math.toIntExact(index)).offset();
        }

        @Override
        public long next(long sequence) {
            Long found = frames.ceilingKey(sequence);
            return found == null ? end : found;
        }

        @Override
        public SourceFrame at(long sequence) {
            return frames.get(sequence);
        }
    }
}
