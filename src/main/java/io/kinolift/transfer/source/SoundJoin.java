package io.kinolift.transfer.source;

import io.kinolift.frame.Rational;
import io.kinolift.video.SoundPacket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sound of one opening of a source after the other, on the clock of the pictures. Where the sound of one is longer
 * than its pictures, the sound of the next would be heard together with it: what overlaps is left out.
 */
final class SoundJoin {
    private static final Rational NANOSECOND = Rational.of(1, 1_000_000_000);

    private final Set<Integer> heardInThisOpening = new HashSet<>();
    /** By the track's number, in nanoseconds. */
    private final Map<Integer, Long> ends = new HashMap<>();
    /** Of what has been taken, and cannot be left out any more. */
    private final Map<Integer, Long> takenEnds = new HashMap<>();

    private List<SoundPacket> packets = new ArrayList<>();
    private boolean begins;
    private boolean first = true;
    private long overlapping;

    /** What follows is of another opening. */
    void begin() {
        begins = true;
        first = false;
        heardInThisOpening.clear();
    }

    /** The first picture of an opening cuts what is left of the sound before. */
    void picture(long pts, Rational unit) {
        if (!begins) {
            return;
        }
        begins = false;
        int before = packets.size();
        packets.removeIf(packet -> packet.start(unit) >= pts);
        overlapping += before - packets.size();
        ends.clear();
        ends.putAll(takenEnds);
        packets.forEach(packet -> end(ends, packet));
    }

    /** @param shift of the opening's times, in that unit */
    void add(List<SoundPacket> more, long shift, Rational unit) {
        for (SoundPacket packet : more) {
            SoundPacket placed = packet.later(shift, unit);
            int track = placed.track().number();
            if (ends.containsKey(track) && placed.middle(NANOSECOND) < ends.get(track)) {
                overlapping++;
                continue;
            }
            boolean anew = heardInThisOpening.add(track) && !first;
            packets.add(anew ? placed.marked() : placed);
            end(ends, placed);
        }
    }

    private static void end(Map<Integer, Long> ends, SoundPacket packet) {
        ends.merge(packet.track().number(), packet.end(NANOSECOND), Math::max);
    }

    List<SoundPacket> take() {
        List<SoundPacket> taken = packets;
        taken.forEach(packet -> end(takenEnds, packet));
        packets = new ArrayList<>();
        return taken;
    }

    List<String> remarks() {
        return overlapping == 0
                ? List.of()
                : List.of(overlapping + (overlapping == 1 ? " packet" : " packets")
                        + " of sound left out that overlapped with sound before, as at the joins of passes");
    }
}
