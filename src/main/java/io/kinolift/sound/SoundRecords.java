package io.kinolift.sound;

import io.kinolift.avro.AudioPacket;
import io.kinolift.frame.Rational;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import io.kinolift.wire.MalformedRecordException;
import io.kinolift.wire.Wire;
import java.nio.ByteBuffer;

/** Between the Avro record and the packet of sound that it carries. */
final class SoundRecords {
    private static final Wire<AudioPacket> WIRE = new Wire<>(AudioPacket.getClassSchema());
    private static final ByteBuffer NONE = ByteBuffer.allocate(0).asReadOnlyBuffer();
    /** As of frames: differences of two times fit a long. */
    private static final long MAX_TIME = 1L << 61;

    /** In microseconds, it fits a long. */
    private static final double MAX_SECONDS = 1e12;

    private static final long MAX_TERM = 1L << 38;
    /** FFmpeg knows no more. */
    private static final int MAX_CHANNELS = 512;

    private SoundRecords() {}

    /** @throws MalformedRecordException if the bytes are not one whole record, or its numbers make no sense */
    static AudioPacket read(byte[] bytes) throws MalformedRecordException {
        AudioPacket record = WIRE.read(bytes);
        if (!record.getEndOfStream()) {
            require(
                    Math.abs(record.getPts()) <= MAX_TIME && isIn(record.getDuration(), 0, MAX_TIME),
                    "a pts and a duration within " + MAX_TIME,
                    record.getPts() + " and " + record.getDuration());
            require(
                    isIn(record.getTimeBaseNumerator(), 1, MAX_TERM)
                            && isIn(record.getTimeBaseDenominator(), 1, MAX_TERM),
                    "a time base with terms of 1 to " + MAX_TERM,
                    record.getTimeBaseNumerator() + "/" + record.getTimeBaseDenominator());
            double seconds = (Math.abs((double) record.getPts()) + record.getDuration())
                    * record.getTimeBaseNumerator()
                    / record.getTimeBaseDenominator();
            require(seconds <= MAX_SECONDS, "a time of at most " + MAX_SECONDS + " s", seconds + " s");
            require(
                    record.getSampleRate() > 0 && isIn(record.getChannels(), 1, MAX_CHANNELS) && record.getTrack() >= 0,
                    "a sample rate, 1 to " + MAX_CHANNELS + " channels and a track of at least 0",
                    record.getSampleRate() + ", " + record.getChannels() + " and " + record.getTrack());
        }
        return record;
    }

    private static boolean isIn(long value, long least, long most) {
        return value >= least && value <= most;
    }

    private static void require(boolean holds, String expected, Object found) throws MalformedRecordException {
        if (!holds) {
            throw MalformedRecordException.invalid("expected " + expected + ", found " + found);
        }
    }

    /** @param known the track as earlier records had it; null if there was none with a configuration */
    static SoundTrack track(AudioPacket record, SoundTrack known) {
        ByteBuffer extradata = record.getExtradata() != null ? record.getExtradata() : known.extradata();
        return new SoundTrack(
                record.getTrack(),
                record.getLanguage(),
                record.getTitle(),
                record.getCodec(),
                record.getSampleRate(),
                record.getChannels(),
                record.getChannelLayout(),
                record.getFrameSize(),
                record.getBlockAlign(),
                record.getBitsPerCodedSample(),
                record.getInitialPadding(),
                extradata,
                Rational.of(record.getTimeBaseNumerator(), record.getTimeBaseDenominator()));
    }

    static SoundPacket packet(AudioPacket record, SoundTrack track) {
        return new SoundPacket(
                track, record.getPts(), record.getDuration(), record.getDiscontinuity(), record.getPayload());
    }

    /** @param configured whether the record has the codec's configuration */
    static byte[] write(String streamId, long session, long sequence, SoundPacket packet, boolean configured) {
        SoundTrack track = packet.track();
        return WIRE.write(new AudioPacket(
                streamId,
                session,
                sequence,
                track.number(),
                track.language(),
                track.title(),
                packet.pts(),
                packet.duration(),
                track.timeBase().numerator(),
                track.timeBase().denominator(),
                track.codec(),
                track.sampleRate(),
                track.channels(),
                track.layout(),
                track.frameSize(),
                track.blockAlign(),
                track.bitsPerCodedSample(),
                track.initialPadding(),
                configured ? track.extradata() : null,
                packet.discontinuity(),
                System.currentTimeMillis() * 1000,
                false,
                packet.payload()));
    }

    /** The record that says what a track is. */
    static byte[] writeTrack(String streamId, long session, long sequence, SoundTrack track) {
        return write(streamId, session, sequence, new SoundPacket(track, 0, 0, false, NONE), true);
    }

    /** @param sequence how many records the session has */
    static byte[] writeEnd(String streamId, long session, long sequence) {
        return WIRE.write(new AudioPacket(
                streamId, session, sequence, 0, "", "", 0L, 0L, 1L, 1L, "", 0, 0, "", 0, 0, 0, 0, null, false, 0L, true,
                NONE));
    }
}
