package io.kinolift.video;

/**
 * What a reader of videos may use.
 *
 * @param maxPixels the most luma samples a picture may have
 * @param threads of the decoder; 0 leaves the number to FFmpeg
 */
public record ReaderLimits(long maxPixels, int threads) {
    /** 8192 x 8192, as of single frames. */
    public static final ReaderLimits DEFAULT = new ReaderLimits(1L << 26, 0);

    /** @throws IllegalArgumentException if a number is out of range */
    public ReaderLimits {
        if (maxPixels < 1 || threads < 0) {
            throw new IllegalArgumentException("expected a positive limit of pixels and 0 or more threads, found "
                    + maxPixels + " and " + threads);
        }
    }
}
