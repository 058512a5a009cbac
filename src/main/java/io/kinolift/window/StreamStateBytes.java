package io.kinolift.window;

import io.kinolift.frame.Rational;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The state of a stream as a row. Version 5 is written; versions 1 to 4 are still read. Version 4 knew no levels.
 * Version 3 knew no inter-coded frames. Version 2 knew neither output
 * sequences nor jumps of the clock, nor what came before the first frame. Version 1 also knew one gap only, had neither
 * filled frames nor incidents, and ended a segment at once where later versions wait for the next frame.
 */
public final class StreamStateBytes {
    private static final int VERSION = 5;

    private StreamStateBytes() {}

    public static void write(StreamState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeBoolean(state.started);
        out.writeBoolean(state.ended);
        out.writeBoolean(state.afterGap);
        out.writeBoolean(state.coreBegun);
        out.writeUTF(state.format);
        out.writeUTF(state.fingerprint);
        for (long value : new long[] {
            state.session,
            state.nextSequence,
            state.segmentStart,
            state.segmentEnd,
            state.nextCore,
            state.nextOutput,
            state.segmentOutput,
            state.outputShift,
            state.firstKept,
            state.received,
            state.receivedBefore,
            state.filled,
            state.filledHeld
        }) {
            out.writeLong(value);
        }
        writeTime(state.lastTime, out);
        writeTime(state.jump, out);
        writeLongs(state.gaps, out);
        writeLongs(state.waiting, out);
        writeCounts(state.dropped, out);
        writeCounts(state.incidents, out);
        writeGroup(state.group, out);
        LevelHistory.write(state.levels(), out);
        writeLongs(state.outputLevels.starts, out);
    }

    /**
     * Reads a row.
     *
     * @throws IOException if the row was written by a version this one does not know
     */
    public static StreamState read(DataInput in) throws IOException {
        int version = in.readByte();
        return switch (version) {
            case 1 -> readFirstVersion(in);
            case 2, 3, 4, VERSION -> readLaterVersion(in, version);
            default -> throw new IOException("stream row: expected version 1 to " + VERSION + ", found " + version);
        };
    }

    private static StreamState readLaterVersion(DataInput in, int version) throws IOException {
        StreamState state = new StreamState();
        state.started = in.readBoolean();
        state.ended = in.readBoolean();
        state.afterGap = in.readBoolean();
        state.coreBegun = in.readBoolean();
        state.format = in.readUTF();
        state.fingerprint = in.readUTF();
        state.session = in.readLong();
        state.nextSequence = in.readLong();
        state.segmentStart = in.readLong();
        state.segmentEnd = in.readLong();
        state.nextCore = in.readLong();
        state.nextOutput = in.readLong();
        state.segmentOutput = version < 3 ? StreamState.UNKNOWN : in.readLong();
        state.outputShift = version < 3 ? 0 : in.readLong();
        state.firstKept = in.readLong();
        state.received = in.readLong();
        state.receivedBefore = version < 3 ? 0 : in.readLong();
        state.filled = in.readLong();
        state.filledHeld = in.readLong();
        state.lastTime = readTime(in);
        state.jump = version < 3 ? null : readTime(in);
        readLongs(state.gaps, in);
        readLongs(state.waiting, in);
        readCounts(state.dropped, DropPolicy.class, in);
        readCounts(state.incidents, Incident.class, in);
        if (version >= 4) {
            readGroup(state.group, in);
        }
        if (version >= 5) {
            state.setLevels(LevelHistory.read(in));
            readLongs(state.outputLevels.starts, in);
        }
        return state;
    }

    private static StreamState readFirstVersion(DataInput in) throws IOException {
        StreamState state = new StreamState();
        state.started = in.readBoolean();
        state.ended = in.readBoolean();
        state.afterGap = in.readBoolean();
        state.format = in.readUTF();
        state.fingerprint = in.readUTF();
        state.session = in.readLong();
        state.nextSequence = in.readLong();
        state.segmentStart = in.readLong();
        state.segmentEnd = state.nextSequence;
        long lastPts = in.readLong();
        state.lastTime = lastPts == Long.MIN_VALUE ? null : new FrameTime(lastPts, timeBase(state.format));
        state.nextCore = in.readLong();
        state.nextOutput = in.readLong();
        state.segmentOutput = StreamState.UNKNOWN;
        state.firstKept = in.readLong();
        long gapFrom = in.readLong();
        long gapTo = in.readLong();
        if (gapTo > gapFrom) {
            state.gaps.put(gapFrom, gapTo);
        }
        state.received = in.readLong();
        readLongs(state.waiting, in);
        readCounts(state.dropped, DropPolicy.class, in);
        return state;
    }

    /** The fourth word of a format: codec, pixel format, size, time base. */
    private static Rational timeBase(String format) {
        return Rational.parse(format.split(" ", -1)[3]);
    }

    private static void writeTime(FrameTime time, DataOutput out) throws IOException {
        out.writeBoolean(time != null);
        if (time != null) {
            out.writeLong(time.pts());
            out.writeLong(time.timeBase().numerator());
            out.writeLong(time.timeBase().denominator());
        }
    }

    private static FrameTime readTime(DataInput in) throws IOException {
        return in.readBoolean() ? new FrameTime(in.readLong(), Rational.of(in.readLong(), in.readLong())) : null;
    }

    private static void writeGroup(GroupState group, DataOutput out) throws IOException {
        for (long value : new long[] {
            group.key,
            group.keyPts,
            group.keyOffset,
            group.keyBefore,
            group.keyBeforeOffset,
            group.frames,
            group.bytes,
            group.lastDts,
            group.shownUntil
        }) {
            out.writeLong(value);
        }
        out.writeUTF(group.format);
        writeLongs(group.rows, out);
        writeCoded(group.pending, out);
        writeCoded(group.placed, out);
    }

    private static void readGroup(GroupState group, DataInput in) throws IOException {
        group.key = in.readLong();
        group.keyPts = in.readLong();
        group.keyOffset = in.readLong();
        group.keyBefore = in.readLong();
        group.keyBeforeOffset = in.readLong();
        group.frames = in.readLong();
        group.bytes = in.readLong();
        group.lastDts = in.readLong();
        group.shownUntil = in.readLong();
        group.format = in.readUTF();
        readLongs(group.rows, in);
        readCoded(group.pending, in);
        readCoded(group.placed, in);
    }

    private static void writeCoded(Map<Long, Coded> frames, DataOutput out) throws IOException {
        out.writeInt(frames.size());
        for (Map.Entry<Long, Coded> entry : frames.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeLong(entry.getValue().sequence());
            out.writeLong(entry.getValue().start());
            out.writeLong(entry.getValue().startOffset());
            out.writeLong(entry.getValue().until());
        }
    }

    private static void readCoded(Map<Long, Coded> frames, DataInput in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            frames.put(in.readLong(), new Coded(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
        }
    }

    private static void writeLongs(Map<Long, Long> longs, DataOutput out) throws IOException {
        out.writeInt(longs.size());
        for (Map.Entry<Long, Long> entry : longs.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeLong(entry.getValue());
        }
    }

    private static void readLongs(Map<Long, Long> longs, DataInput in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            longs.put(in.readLong(), in.readLong());
        }
    }

    private static <E extends Enum<E>> void writeCounts(Map<E, Long> counts, DataOutput out) throws IOException {
        out.writeInt(counts.size());
        for (Map.Entry<E, Long> entry : counts.entrySet()) {
            out.writeUTF(entry.getKey().name());
            out.writeLong(entry.getValue());
        }
    }

    private static <E extends Enum<E>> void readCounts(Map<E, Long> counts, Class<E> type, DataInput in)
            throws IOException {
        Map<E, Long> read = new EnumMap<>(type);
        for (int left = in.readInt(); left > 0; left--) {
            read.put(Enum.valueOf(type, in.readUTF()), in.readLong());
        }
        counts.putAll(read);
    }
}
