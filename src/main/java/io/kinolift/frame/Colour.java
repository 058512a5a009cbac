package io.kinolift.frame;

/**
 * The meaning of the samples, as code points of ITU-T H.273 (which are also FFmpeg's numbers). Only operators that work
 * in RGB interpret them; everything else just carries them.
 *
 * @param range whether luma spans 16..235 or 0..255; samples of more bits span the same range in finer steps, 64..940
 *     or 0..1023 at 10 bits
 * @param matrix H.273 MatrixCoefficients; 2 is unspecified
 * @param primaries H.273 ColourPrimaries; 2 is unspecified
 * @param transfer H.273 TransferCharacteristics; 2 is unspecified
 * @param chromaLocation where chroma samples lie between luma samples
 */
public record Colour(Range range, int matrix, int primaries, int transfer, ChromaLocation chromaLocation) {
    /** H.273's code point for an unspecified property. */
    public static final int UNSPECIFIED_CODE = 2;

    public static final Colour UNSPECIFIED = new Colour(
            Range.UNSPECIFIED, UNSPECIFIED_CODE, UNSPECIFIED_CODE, UNSPECIFIED_CODE, ChromaLocation.UNSPECIFIED);

    /** In the order of FFmpeg's AVColorRange. */
    public enum Range {
        UNSPECIFIED,
        LIMITED,
        FULL
    }

    /** In the order of FFmpeg's AVChromaLocation. */
    public enum ChromaLocation {
        UNSPECIFIED,
        LEFT,
        CENTER,
        TOP_LEFT,
        TOP,
        BOTTOM_LEFT,
        BOTTOM
    }
}
