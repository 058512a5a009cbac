package io.kinolift.codec;

/**
 * How frames are encoded.
 *
 * @param quality FFmpeg's qscale for lossy codecs, 1 (best) to 31
 * @param reproducible whether the bytes of a lossy codec must not depend on the CPU's vector extensions, at up to twice
 *     the cost; lossless ones never do
 */
public record EncoderSettings(int quality, boolean reproducible) {
    public static final EncoderSettings DEFAULT = new EncoderSettings(2, false);

    /** @throws IllegalArgumentException if the quality is out of range */
    public EncoderSettings {
        if (quality < 1 || quality > 31) {
            throw new IllegalArgumentException("expected a quality from 1 (best) to 31, found " + quality);
        }
    }

    /** Half the quality, but not beyond a floor. */
    public EncoderSettings lower(int floor) {
        return new EncoderSettings(Math.min(2 * quality, floor), reproducible);
    }
}
