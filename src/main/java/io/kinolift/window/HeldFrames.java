package io.kinolift.window;

import io.kinolift.frame.EncodedFrame;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.LongStream;

/**
 * The frames of a stream that have their place. A place is the rank of a frame in the order of display; its sequence is
 * its rank in the order of records. They differ only where inter-coded frames are shown in another order than they are
 * decoded. The rows of those stay for as long as something may be decoded from them.
 */
final class HeldFrames {
    private final FrameBuffer buffer;
    private final StreamState state;

    HeldFrames(FrameBuffer buffer, StreamState state) {
        this.buffer = buffer;
        this.state = state;
    }

    SourceFrame at(long place) {
        Coded coded = state.group.placed.get(place);
        return buffer.get(state.session, coded == null ? place : coded.sequence());
    }

    /** Takes a frame that was made up for an empty place. */
    void put(SourceFrame filled) {
        buffer.put(filled);
    }

    void delete(long place) {
        if (state.group.placed.remove(place) == null) {
            buffer.delete(state.session, place);
        } else {
            deleteUnneeded();
        }
    }

    /** Deletes the rows from which nothing is decoded any more. */
    void deleteUnneeded() {
        NavigableMap<Long, Long> rows = state.group.rows;
        long needed = state.group.firstNeeded(state.nextSequence);
        while (!rows.isEmpty() && rows.firstKey() < needed) {
            long end = rows.firstEntry().getValue();
            long sequence = rows.pollFirstEntry().getKey();
            for (; sequence < Math.min(end, needed); sequence++) {
                buffer.delete(state.session, sequence);
            }
            if (sequence < end) {
                rows.put(sequence, end);
            }
        }
    }

    /** Deletes the row of a frame that will have no place. */
    void deleteRow(long sequence) {
        buffer.delete(state.session, sequence);
    }

    /** Gives an inter-coded frame its place. */
    SourceFrame place(Coded coded, long place) {
        state.group.placed.put(place, coded);
        return buffer.get(state.session, coded.sequence());
    }

    /**
     * What the frames of some places are decoded from.
     *
     * @return null for frames that can each be decoded alone
     */
    DecodeOrder decodeOrder(long firstPlace, int count) {
        if (!state.group.placed.containsKey(firstPlace)) {
            return null;
        }
        List<Coded> frames = LongStream.range(firstPlace, firstPlace + count)
                .mapToObj(state.group.placed::get)
                .toList();
        return new Stored(buffer, state.session, frames, state.group.rows, state.nextSequence);
    }

    /**
     * @param frames those of the window
     * @param rows the sequences that are in the buffer: start to end, end excluded
     */
    private record Stored(FrameBuffer buffer, long session, List<Coded> frames, NavigableMap<Long, Long> rows, long end)
            implements DecodeOrder {
        @Override
        public long start(long index) {
            return frames.get(Math.toIntExact(index)).start();
        }

        @Override
        public long startOffset(long index) {
            return frames.get(Math.toIntExact(index)).startOffset();
        }

        @Override
        public long next(long sequence) {
            Map.Entry<Long, Long> run = rows.floorEntry(sequence);
            if (run != null && sequence < run.getValue()) {
                return Math.min(sequence, end);
            }
            Long later = rows.higherKey(sequence);
            return later == null ? end : Math.min(later, end);
        }

        @Override
        public SourceFrame at(long sequence) {
            return buffer.find(session, sequence);
        }
    }

    /** What a segment must have in common: the format and the time base. */
    static String format(EncodedFrame frame) {
        return frame.format() + " " + frame.timeBase() + " " + frame.format().sampleAspectRatio() + " "
                + frame.format().colour();
    }
}
