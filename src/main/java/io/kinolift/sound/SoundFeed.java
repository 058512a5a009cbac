package io.kinolift.sound;

import io.kinolift.avro.AudioPacket;
import io.kinolift.frame.Rational;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundSupply;
import io.kinolift.video.SoundTrack;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The sound of a stream beside its pictures: that of their sessions, at their times. It begins and ends with the pictures;
 * where a new session begins, what is left of the sound before is cut. For one thread.
 */
public final class SoundFeed implements SoundSupply, AutoCloseable {
    /** Tracks may lie so far from each other on the topic. */
    private static final long SLACK_MICROS = 2_000_000;

    private final SoundReader reader;
    private final boolean follow;
    private final NavigableMap<Long, Placed> sessions = new TreeMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final SoundTally tally = new SoundTally();
    private final KnownTracks known = new KnownTracks(tally);
    /** As the file has them. */
    private final Map<Integer, SoundTrack> tracks = new TreeMap<>();
    /** Of what has been given, by track. */
    private final Map<Integer, Long> endMicros = new HashMap<>();

    private long leadMicros;

    /** Where a session's times go: what is added to them, and where its pictures begin then. */
    private record Placed(long shift, Rational unit, long startMicros) {
        SoundPacket place(SoundPacket packet) {
            return packet.later(shift, unit);
        }
    }

    /** A packet at its session's own time. */
    private record Waiting(long session, SoundPacket packet) {}

    /**
     * Reads when asked.
     *
     * @param reader becomes the feed's
     * @param follow whether the stream's next sessions are wanted too
     */
    public SoundFeed(SoundReader reader, boolean follow) {
        this.reader = reader;
        this.follow = follow;
    }

    /**
     * The pictures of a session begin.
     *
     * @param shift what is added to its times, in that unit
     * @param startMicros at which the first of them is shown
     */
    public void session(long session, long shift, Rational unit, long startMicros) {
        sessions.put(session, new Placed(shift, unit, startMicros));
    }

    @Override
    public List<Start> begin(long lead) {
        leadMicros = lead;
        reader.catchUp(this::take, () -> isBegun() || reaches(SLACK_MICROS));
        List<Start> starts = new ArrayList<>();
        ofFirstSession().forEach((number, track) -> {
            tracks.put(number, track);
            starts.add(new Start(track, first(number)));
        });
        return starts;
    }

    private Map<Integer, SoundTrack> ofFirstSession() {
        return known.of(sessions.firstKey());
    }

    private boolean isBegun() {
        return !ofFirstSession().isEmpty()
                && ofFirstSession().keySet().stream().allMatch(number -> first(number) != null);
    }

    /** When the first packet of a track begins that will be given. */
    private Long first(int number) {
        long session = sessions.firstKey();
        return waiting.stream()
                .filter(one -> one.session() == session && one.packet().track().number() == number)
                .map(one -> sessions.get(session).place(one.packet()).pts())
                .findFirst()
                .orElse(null);
    }

    /** Takes each record of the stream, in order. */
    private void take(AudioPacket record) {
        long session = record.getSession();
        Placed placed = sessions.get(session);
        boolean comes = follow && (sessions.isEmpty() || session > sessions.lastKey());
        SoundPacket packet = placed == null && !comes ? null : known.packet(record);
        if (packet != null && (placed == null || !isBeforeTheBeginning(placed.place(packet)))) {
            waiting.add(new Waiting(session, packet));
        }
    }

    private boolean isBeforeTheBeginning(SoundPacket placed) {
        return placed.start(Rational.MICROSECOND) < -leadMicros && placed.end(Rational.MICROSECOND) <= 0;
    }

    @Override
    public SoundPacket next(long untilMicros) {
        while (!tracks.isEmpty()) {
            Waiting head = waiting.peek();
            if (head == null) {
                if (!reader.read(this::take)) {
                    return null;
                }
                continue;
            }
            Placed session = sessions.get(head.session());
            if (session == null && head.session() < sessions.lastKey()) {
                waiting.remove(); // There are no pictures of it.
                continue;
            }
            if (session == null) {
                return null; // Its pictures have not come.
            }
            SoundPacket packet = session.place(head.packet());
            if (packet.start(Rational.MICROSECOND) > untilMicros) {
                return null;
            }
            waiting.remove();
            if (isHeard(head.session(), packet)) {
                return packet;
            }
        }
        return null;
    }

    private boolean isHeard(long session, SoundPacket packet) {
        int number = packet.track().number();
        SoundTrack track = tracks.get(number);
        if (track == null || !track.isDecodedAs(packet.track())) {
            tally.unfit(packet.track());
            return false;
        }
        Map.Entry<Long, Placed> next = sessions.higherEntry(session);
        long start = sessions.get(session).startMicros();
        long middle = packet.middle(Rational.MICROSECOND);
        boolean cut = isBeforeTheBeginning(packet)
                || (start > 0 && middle < start)
                || (next != null && middle >= next.getValue().startMicros())
                || middle < endMicros.getOrDefault(number, Long.MIN_VALUE);
        if (!cut) {
            endMicros.put(number, packet.end(Rational.MICROSECOND));
        }
        return !cut;
    }

    @Override
    public void last(long untilMicros) {
        if (!tracks.isEmpty()) {
            reader.catchUp(this::take, () -> reaches(untilMicros));
        }
    }

    private boolean reaches(long micros) {
        Waiting tail = waiting.peekLast();
        Placed session = tail == null ? null : sessions.get(tail.session());
        return tail != null
                && (session == null
                        || session.place(tail.packet()).start(Rational.MICROSECOND) > micros + SLACK_MICROS);
    }

    @Override
    public void close() {
        reader.close();
    }

    @Override
    public List<String> remarks() {
        List<String> lines = new ArrayList<>(tally.lines());
        if (tracks.isEmpty()) {
            lines.add("no sound: " + reader.place() + " has none for session"
                    + (sessions.size() == 1 ? " " : "s ")
                    + String.join(
                            ", ",
                            sessions.keySet().stream().map(String::valueOf).toList())
                    + " of the stream");
        }
        lines.addAll(reader.remarks());
        return lines;
    }
}
