package io.kinolift.sound;

import io.kinolift.avro.AudioPacket;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The tracks of a stream's sessions, as its latest records have them. */
final class KnownTracks {
    private final NavigableMap<Long, NavigableMap<Integer, SoundTrack>> sessions = new TreeMap<>();
    private final SoundTally tally;

    /** @param tally is told of what is missing */
    KnownTracks(SoundTally tally) {
        this.tally = tally;
    }

    /** The packet of the next record; null if it has none, had come before, or its track is not known. */
    SoundPacket packet(AudioPacket record) {
        if (!tally.isNew(record) || record.getEndOfStream()) {
            return null;
        }
        Map<Integer, SoundTrack> tracks = sessions.computeIfAbsent(record.getSession(), _ -> new TreeMap<>());
        SoundTrack before = tracks.get(record.getTrack());
        if (before == null && record.getExtradata() == null) {
            tally.unconfigured();
            return null;
        }
        SoundTrack track = SoundRecords.track(record, before);
        tracks.put(track.number(), track);
        SoundPacket packet = SoundRecords.packet(record, track);
        return packet.payload().hasRemaining() ? packet : null;
    }

    /** The tracks of a session, by their numbers. */
    NavigableMap<Integer, SoundTrack> of(long session) {
        return sessions.getOrDefault(session, new TreeMap<>());
    }

    /** Sessions before this one are over. */
    void forgetBefore(long session) {
        sessions.headMap(session).clear();
    }
}
