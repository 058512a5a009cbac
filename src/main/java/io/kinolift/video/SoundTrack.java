package io.kinolift.video;

import io.kinolift.frame.Rational;
import java.nio.ByteBuffer;

/**
 * An audio track as its packets need it to be decoded.
 *
 * @param number among the source's audio tracks, from 0
 * @param language as the source gives it; empty when unknown
 * @param title empty when it has none
 * @param codec FFmpeg's name, such as aac or pcm_s16le; AAC is without ADTS headers
 * @param layout FFmpeg's description of the channels
 * @param frameSize samples per channel in a packet; 0 when it varies or is unknown
 * @param blockAlign bytes of the smallest part that can be decoded; 0 where no codec asks
 * @param initialPadding samples that a decoder puts before the first one that is heard; 0 when unknown
 * @param extradata the codec's configuration; empty for codecs without one
 * @param timeBase seconds per unit of the packets' times
 */
public record SoundTrack(
        int number,
        String language,
        String title,
        String codec,
        int sampleRate,
        int channels,
        String layout,
        int frameSize,
        int blockAlign,
        int bitsPerCodedSample,
        int initialPadding,
        ByteBuffer extradata,
        Rational timeBase) {
    SoundTrack withExtradata(ByteBuffer other) {
        return new SoundTrack(
                number,
                language,
                title,
                codec,
                sampleRate,
                channels,
                layout,
                frameSize,
                blockAlign,
                bitsPerCodedSample,
                initialPadding,
                other,
                timeBase);
    }

    /** Whether one decoder takes the packets of both. */
    public boolean isDecodedAs(SoundTrack other) {
        return codec.equals(other.codec)
                && sampleRate == other.sampleRate
                && channels == other.channels
                && extradata.equals(other.extradata);
    }

    /** The track in messages. */
    @Override
    public String toString() {
        return "track " + number + " (" + (language.isEmpty() ? "" : language + ", ") + codec + ", " + sampleRate
                + " Hz, " + layout + ")";
    }
}
