package io.kinolift.video;

import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * AVI has no place for the matrix between YUV and RGB. Players then guess it from the height, and always take JPEG for
 * BT.601. Where they would guess wrong, colours look a little different, and a line says so.
 */
final class UnsaidMatrix {
    private static final int SD_ROWS = 576;
    private static final Set<Integer> BT601 = Set.of(avutil.AVCOL_SPC_BT470BG, avutil.AVCOL_SPC_SMPTE170M);
    /** Codecs whose own headers leave it out, too. */
    private static final Set<Integer> SILENT = Set.of(
            avcodec.AV_CODEC_ID_FFV1,
            avcodec.AV_CODEC_ID_MJPEG,
            avcodec.AV_CODEC_ID_MPEG4,
            avcodec.AV_CODEC_ID_RAWVIDEO,
            avcodec.AV_CODEC_ID_VP8);

    private UnsaidMatrix() {}

    static Optional<String> remark(AVOutputFormat container, AVCodecContext encoder) {
        boolean silent = container.name().getString().equals("avi") && SILENT.contains(encoder.codec_id());
        boolean hasChroma = !LayoutCost.isRgb(encoder.pix_fmt())
                && avutil.av_pix_fmt_desc_get(encoder.pix_fmt()).nb_components() > 2;
        if (!silent || !hasChroma) {
            return Optional.empty();
        }
        boolean small = encoder.height() <= SD_ROWS;
        int matrix = encoder.colorspace();
        boolean is601 = matrix == avutil.AVCOL_SPC_UNSPECIFIED ? small : BT601.contains(matrix);
        boolean guessed601 = small || encoder.codec_id() == avcodec.AV_CODEC_ID_MJPEG;
        return is601 == guessed601
                ? Optional.empty()
                : Optional.of("avi cannot say that the colours follow "
                        + (is601 ? "BT.601" : "another matrix than BT.601") + ", and players will guess "
                        + (guessed601 ? "BT.601" : "BT.709") + " for "
                        + avcodec.avcodec_get_name(encoder.codec_id()).getString() + " of " + encoder.height()
                        + " rows; a name ending in .mkv says it");
    }
}
