package io.kinolift.window;

import io.kinolift.frame.EncodedFrame;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What must be remembered of the groups of pictures of an inter-coded stream. {@link GroupOrder} changes it. */
final class GroupState {
    static final long NONE = -1;

    /** The sequence of the key frame that the open group began with; {@link #NONE} while one is awaited. */
    long key = NONE;

    long keyOffset;
    /** Of that key frame, in units of its time base. */
    long keyPts;
    /** The key frame before it, while frames may come that are shown before {@code key}; else {@link #NONE}. */
    long keyBefore = NONE;

    long keyBeforeOffset;
    /** Format and time base of the open group. */
    String format = "";

    long frames;
    long bytes;
    /** Of the last frame in order; {@link EncodedFrame#NO_DTS} if unknown. */
    long lastDts = EncodedFrame.NO_DTS;
    /** When the frame is to be shown that follows the last one shown; {@link Long#MIN_VALUE} before the first. */
    long shownUntil = Long.MIN_VALUE;
    /** The sequences whose rows are in the buffer: start to end, end excluded. */
    final NavigableMap<Long, Long> rows = new TreeMap<>();
    /** Frames whose place among the others is not known yet, by pts. */
    final NavigableMap<Long, Coded> pending = new TreeMap<>();
    /** Frames that have their place, by place; until they are no longer needed. */
    final NavigableMap<Long, Coded> placed = new TreeMap<>();

    void addRow(long sequence) {
        boolean goesOn = !rows.isEmpty() && rows.lastEntry().getValue() == sequence;
        rows.put(goesOn ? rows.lastKey() : sequence, sequence + 1);
    }

    void startRun() {
        lastDts = EncodedFrame.NO_DTS;
        shownUntil = Long.MIN_VALUE;
        format = "";
    }

    /** Whether rows are in the buffer for its sake. */
    boolean holdsAny() {
        return !rows.isEmpty();
    }

    /** The first sequence that something which is held may still be decoded from. */
    long firstNeeded(long nextSequence) {
        long needed = key == NONE ? nextSequence : keyBefore == NONE ? key : keyBefore;
        for (Coded coded : pending.values()) {
            needed = Math.min(needed, coded.start());
        }
        for (Coded coded : placed.values()) {
            needed = Math.min(needed, coded.start());
        }
        return needed;
    }
}
