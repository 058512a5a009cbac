package io.kinolift.wire.input;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where a stream is whose records do not say it: the session, the place of the next frame in it, and its clock. A function
 * of the records so far. Formats whose records say everything leave it empty.
 */
public final class StreamPlace {
    private static final int VERSION = 1;

    private boolean begun;
    /** Whether the session has ended; not in the row, because the stream's own state says it. */
    private boolean ended;

    private long session;
    private long sequence;
    private StreamClock clock = new StreamClock();
    /** Where the stream's last record came from. */
    private String topic = "";
    /** Of that record; null for none. */
    private byte[] key;

    /**
     * The session that a record belongs to: a new one after the end, named after the time of its first record.
     *
     * @param restarted whether the record says that it is the first of a session
     */
    long session(long timestampMillis, boolean restarted) {
        if (!begun || ended || restarted) {
            long earliest = begun ? session + 1 : 0;
            session = Math.max(earliest, timestampMillis);
            sequence = 0;
            clock = new StreamClock();
            begun = true;
            ended = false;
        }
        return session;
    }

    /** The session that a record ends: the open one, or again the last one. */
    long endedSession(long timestampMillis) {
        if (!begun) {
            session(timestampMillis, false);
        }
        ended = true;
        return session;
    }

    /** Takes the next place, which a frame keeps whether it can be used or not. */
    long nextSequence() {
        return sequence++;
    }

    /** Takes the place that a record names. */
    long take(long stated) {
        sequence = Math.max(sequence, stated + 1);
        return stated;
    }

    /** Frames so far. */
    long frames() {
        return sequence;
    }

    StreamClock clock() {
        return clock;
    }

    /** The topic of the stream's last record; "" for none. */
    public String topic() {
        return topic;
    }

    /** The key of the stream's last record; null for none. */
    public byte[] key() {
        return key;
    }

    /**
     * A record of the stream has come.
     *
     * @param afterEnd whether the last session has ended, for whatever reason
     */
    public void arrived(String fromTopic, byte[] withKey, boolean afterEnd) {
        topic = fromTopic;
        key = withKey;
        ended = afterEnd;
    }

    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeUTF(topic);
        out.writeInt(key == null ? -1 : key.length);
        if (key != null) {
            out.write(key);
        }
        out.writeBoolean(begun);
        if (begun) {
            out.writeLong(session);
            out.writeLong(sequence);
            clock.write(out);
        }
    }

    /**
     * Reads a place from a row.
     *
     * @throws IOException if it was written by a version this one does not know
     */
    public static StreamPlace read(DataInput in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("place of a stream: expected version " + VERSION + ", found " + version);
        }
        StreamPlace place = new StreamPlace();
        place.topic = in.readUTF();
        int length = in.readInt();
        if (length >= 0) {
            place.key = new byte[length];
            in.readFully(place.key);
        }
        place.begun = in.readBoolean();
        if (place.begun) {
            place.session = in.readLong();
            place.sequence = in.readLong();
            place.clock = StreamClock.read(in);
        }
        return place;
    }
}
