package io.kinolift.codec;

/**
 * What a decoder of frames may use.
 *
 * @param maxPixels the most luma samples a picture may have, checked before memory is taken for it
 */
public record DecoderLimits(long maxPixels) {
    /** 8192 x 8192. */
    public static final DecoderLimits DEFAULT = new DecoderLimits(1L << 26);

    /** @throws IllegalArgumentException if the limit is not positive */
    public DecoderLimits {
        if (maxPixels < 1) {
            throw new IllegalArgumentException("expected a positive limit of pixels, found " + maxPixels);
        }
    }
}
