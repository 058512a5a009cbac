package io.kinolift.sound;

import io.kinolift.avro.AudioPacket;
import io.kinolift.video.SoundTrack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What of a stream's sound is missing or left out. */
final class SoundTally {
    /** The sequence after the last record of a session. */
    private final Map<Long, Long> next = new HashMap<>();
    /** Sessions whose sound has ended. It may begin again. */
    private final Set<Long> ended = new HashSet<>();
    /** By the track's words. */
    private final Map<String, Long> unfit = new TreeMap<>();

    private long missing;
    private long unconfigured;

    /** Whether a record is behind those that were seen of its session; holes before it are counted. */
    boolean isNew(AudioPacket record) {
        long sequence = record.getSequence();
        if (sequence == 0 && ended.remove(record.getSession())) {
            next.remove(record.getSession());
        }
        if (record.getEndOfStream()) {
            ended.add(record.getSession());
        }
        Long expected = next.get(record.getSession());
        if (expected != null && sequence < expected) {
            return false;
        }
        missing += expected == null ? 0 : sequence - expected;
        next.put(record.getSession(), sequence + 1);
        return true;
    }

    /** A packet came before the first configuration of its track. */
    void unconfigured() {
        unconfigured++;
    }

    /** A packet of a track that the file has not, or not in this codec. */
    void unfit(SoundTrack track) {
        unfit.merge(track.toString(), 1L, Long::sum);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (missing > 0) {
            lines.add("sound: " + missing + " records are missing on the topic");
        }
        if (unconfigured > 0) {
            lines.add("sound: " + unconfigured + " packets left out that came before their configuration");
        }
        unfit.forEach((track, packets) -> lines.add("sound: " + packets + " packets left out, " + track
                + ": the file began without it, or with another form of it"));
        return lines;
    }
}
