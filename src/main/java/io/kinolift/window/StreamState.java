package io.kinolift.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What must be remembered of one stream besides its waiting frames. Changed by {@link StreamAssembler} alone. */
public final class StreamState {
    private static final int VERSION = 1;

    boolean started;
    boolean ended;
    long session;
    /** The input sequence that comes next in order. */
    long nextSequence;
    /** The input sequence at index 0 of the open segment. */
    long segmentStart;
    boolean afterGap;
    /** Format and time base of the open segment; empty before its first frame. */
    String format = "";
    long lastPts = Long.MIN_VALUE;
    /** Index of the first input that no window has settled. */
    long nextCore;
    /** Index of the first output that no window has taken. */
    long nextOutput;
    /** Index of the first input whose row is still in the buffer. */
    long firstKept;
    /** The places last declared missing, end excluded. */
    long gapFrom;
    long gapTo;
    /** Frames from the future: sequence to bytes. */
    final NavigableMap<Long, Long> waiting = new TreeMap<>();
    long received;
    final Map<DropPolicy, Long> dropped = new EnumMap<>(DropPolicy.class);
    /** Whether a received frame is between the reorder buffer and its place; never so between two records. */
    boolean inHand;
    /** Hash of every setting that shapes output; another one ends the segment. */
    String fingerprint = "";

    public long session() {
        return session;
    }

    public boolean isEnded() {
        return ended;
    }

    /** Frame records of this session so far. */
    public long received() {
        return received;
    }

    public Map<DropPolicy, Long> dropped() {
        return Map.copyOf(dropped);
    }

    /** Frames that no window has settled yet. */
    public long held() {
        return frames() - nextCore + waiting.size() + (inHand ? 1 : 0);
    }

    long frames() {
        return nextSequence - segmentStart;
    }

    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeBoolean(started);
        out.writeBoolean(ended);
        out.writeBoolean(afterGap);
        out.writeUTF(format);
        out.writeUTF(fingerprint);
        for (long value : new long[] {session, nextSequence, segmentStart, lastPts, nextCore, nextOutput, firstKept,
            gapFrom, gapTo, received}) {
            out.writeLong(value);
        }
        out.writeInt(waiting.size());
        for (Map.Entry<Long, Long> entry : waiting.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeLong(entry.getValue());
        }
        out.writeInt(dropped.size());
        for (Map.Entry<DropPolicy, Long> entry : dropped.entrySet()) {
            out.writeUTF(entry.getKey().name());
            out.writeLong(entry.getValue());
        }
    }

    /** @throws IOException if the row was written by a version this one does not know */
    public static StreamState read(DataInput in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("stream row: expected version " + VERSION + ", found " + version);
        }
        StreamState state = new StreamState();
        state.started = in.readBoolean();
        state.ended = in.readBoolean();
        state.afterGap = in.readBoolean();
        state.format = in.readUTF();
        state.fingerprint = in.readUTF();
        state.session = in.readLong();
        state.nextSequence = in.readLong();
        state.segmentStart = in.readLong();
        state.lastPts = in.readLong();
        state.nextCore = in.readLong();
        state.nextOutput = in.readLong();
        state.firstKept = in.readLong();
        state.gapFrom = in.readLong();
        state.gapTo = in.readLong();
        state.received = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            state.waiting.put(in.readLong(), in.readLong());
        }
        for (int left = in.readInt(); left > 0; left--) {
            state.dropped.put(DropPolicy.valueOf(in.readUTF()), in.readLong());
        }
        return state;
    }
}
