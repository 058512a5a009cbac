package io.kinolift.video;

import io.kinolift.frame.Rational;
import java.nio.ByteBuffer;

/**
 * A packet of an audio track, and when it is heard.
 *
 * @param pts in the track's time base, on the clock of the pictures; below 0 for sound that only the decoder needs
 * @param duration in the track's time base; 0 when unknown
 * @param discontinuity whether it does not follow the one before
 * @param payload on the heap; not to be changed
 */
public record SoundPacket(SoundTrack track, long pts, long duration, boolean discontinuity, ByteBuffer payload) {
    /** The same, later by a time. */
    public SoundPacket later(long ticks, Rational unit) {
        return ticks == 0 ? this : at(pts + Ticks.nearest(ticks, unit, track.timeBase()));
    }

    private SoundPacket at(long time) {
        return new SoundPacket(track, time, duration, discontinuity, payload);
    }

    /** The same, marked. */
    public SoundPacket marked() {
        return new SoundPacket(track, pts, duration, true, payload);
    }

    /** A time of the packet in another unit, rounded to the nearest. */
    public long start(Rational unit) {
        return Ticks.nearest(pts, track.timeBase(), unit);
    }

    /** As {@link #start}, between its two ends: whether it lies on this or on that side of a cut. */
    public long middle(Rational unit) {
        return Ticks.nearest(2 * pts + duration, track.timeBase(), unit.multiply(Rational.of(2)));
    }

    /** As {@link #start}, of its end. */
    public long end(Rational unit) {
        return Ticks.nearest(pts + duration, track.timeBase(), unit);
    }
}
