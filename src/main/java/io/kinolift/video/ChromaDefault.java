package io.kinolift.video;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Colour.ChromaLocation;
import io.kinolift.frame.PixelFormat;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Where chroma lies in a file that does not say it: in the centre for JPEG, its relatives and the old video telephony
 * codecs, and in full range; else at the left, as in MPEG-2 and all that came after it. Players assume the same.
 */
final class ChromaDefault {
    private ChromaDefault() {}

    /** The colour with a location, if the format has coarser chroma and the colour has none. */
    static Colour in(Colour colour, PixelFormat format, int codecId) {
        boolean coarse = format.columnsPerChroma() > 1 || format.rowsPerChroma() > 1;
        if (!coarse || colour.chromaLocation() != ChromaLocation.UNSPECIFIED) {
            return colour;
        }
        boolean centre = colour.range() == Colour.Range.FULL || isCentred(codecId);
        return new Colour(
                colour.range(),
                colour.matrix(),
                colour.primaries(),
                colour.transfer(),
                centre ? ChromaLocation.CENTER : ChromaLocation.LEFT);
    }

    private static boolean isCentred(int codecId) {
        return switch (codecId) {
            case avcodec.AV_CODEC_ID_MJPEG,
                    avcodec.AV_CODEC_ID_MJPEGB,
                    avcodec.AV_CODEC_ID_WEBP,
                    avcodec.AV_CODEC_ID_MPEG1VIDEO,
                    avcodec.AV_CODEC_ID_H261,
                    avcodec.AV_CODEC_ID_H263,
                    avcodec.AV_CODEC_ID_FLV1,
                    avcodec.AV_CODEC_ID_THEORA -> true;
            default -> false;
        };
    }
}
