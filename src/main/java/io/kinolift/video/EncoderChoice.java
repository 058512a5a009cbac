package io.kinolift.video;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which encoder writes a video, and how.
 *
 * @param codec FFmpeg's name of an encoder or a codec: h264, vp9, av1, mpeg4, mjpeg, ffv1, ...; empty takes the usual one of
 *     the container; copy encodes nothing
 * @param bitrate bits per second; 0 leaves the size to the quality
 * @param options FFmpeg's options of the encoder, which win over everything else
 * @param background what transparent pictures are composed over; null keeps alpha where codec and container can hold it
 */
public record EncoderChoice(String codec, long bitrate, Map<String, String> options, Background background) {
    /** The usual codec, by quality. */
    public static final EncoderChoice USUAL = of("");

    /** FFmpeg's word for packets that stay as they are. */
    private static final String COPY = "copy";

    /** @throws IllegalArgumentException if the bitrate is negative */
    public EncoderChoice {
        if (bitrate < 0) {
            throw new IllegalArgumentException("expected a bitrate of at least 0, found " + bitrate);
        }
        // In order, so that a message names the same one each time.
        options = new TreeMap<>(options);
    }

    public static EncoderChoice of(String codec) {
        return new EncoderChoice(codec, 0, Map.of(), null);
    }

    /** Whether nothing is encoded. */
    public boolean isCopy() {
        return codec.equals(COPY);
    }

    EncoderChoice withCodec(String other) {
        return new EncoderChoice(other, bitrate, options, background);
    }
}
