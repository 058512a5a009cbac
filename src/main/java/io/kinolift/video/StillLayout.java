package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;

/**
 * The layout of pictures in files of their own. Their readers know RGB and nothing about a video's colours; a JPEG is full
 * range BT.601 to all of them.
 */
final class StillLayout {
    private StillLayout() {}

    /** FFmpeg's number of the layout to convert to; AV_PIX_FMT_NONE where a video's own rules hold. */
    static int of(AVCodec codec, VideoSettings settings) {
        PixelFormat format = settings.pixelFormat();
        if (OutputFormat.onlyCodecs(settings.container()).isEmpty()) {
            return avutil.AV_PIX_FMT_NONE;
        }
        if (codec.id() == avcodec.AV_CODEC_ID_MJPEG) {
            return jpeg(format);
        }
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(Ffmpeg.number(format));
        boolean rgb = (layout.flags() & avutil.AV_PIX_FMT_FLAG_RGB) != 0;
        boolean alpha = (layout.flags() & avutil.AV_PIX_FMT_FLAG_ALPHA) != 0;
        boolean deep = format.bitDepth() > Byte.SIZE;
        if (codec.id() == avcodec.AV_CODEC_ID_GIF) {
            return avutil.AV_PIX_FMT_BGRA;
        }
        boolean same = takes(codec, Ffmpeg.number(format))
                || (format == PixelFormat.NV12 && takes(codec, avutil.AV_PIX_FMT_YUV420P));
        if (rgb || same || !isStill(codec)) {
            return avutil.AV_PIX_FMT_NONE;
        }
        int[] targets = alpha
                ? new int[] {deep ? avutil.AV_PIX_FMT_RGBA64BE : avutil.AV_PIX_FMT_RGBA, avutil.AV_PIX_FMT_BGRA}
                : new int[] {
                    deep ? avutil.AV_PIX_FMT_RGB48BE : avutil.AV_PIX_FMT_RGB24,
                    deep ? avutil.AV_PIX_FMT_RGB48LE : avutil.AV_PIX_FMT_BGR24,
                    avutil.AV_PIX_FMT_RGB24,
                    avutil.AV_PIX_FMT_BGRA
                };
        for (int target : targets) {
            if (takes(codec, target)) {
                return target;
            }
        }
        return avutil.AV_PIX_FMT_NONE;
    }

    private static boolean isStill(AVCodec codec) {
        return switch (codec.id()) {
            case avcodec.AV_CODEC_ID_PNG,
                    avcodec.AV_CODEC_ID_APNG,
                    avcodec.AV_CODEC_ID_BMP,
                    avcodec.AV_CODEC_ID_PPM,
                    avcodec.AV_CODEC_ID_TARGA,
                    avcodec.AV_CODEC_ID_TIFF,
                    avcodec.AV_CODEC_ID_QOI,
                    avcodec.AV_CODEC_ID_WEBP -> true;
            default -> false;
        };
    }

    private static int jpeg(PixelFormat format) {
        return switch (format) {
            case GRAY8 -> avutil.AV_PIX_FMT_NONE;
            case YUV420P, NV12, YUV420P10 -> avutil.AV_PIX_FMT_YUVJ420P;
            case YUV422P, YUV422P10 -> avutil.AV_PIX_FMT_YUVJ422P;
            default -> avutil.AV_PIX_FMT_YUVJ444P;
        };
    }

    /** The colour of a picture after conversion. */
    static Colour colour(int layout, Colour video) {
        boolean jpeg = layout == avutil.AV_PIX_FMT_YUVJ420P
                || layout == avutil.AV_PIX_FMT_YUVJ422P
                || layout == avutil.AV_PIX_FMT_YUVJ444P;
        return new Colour(
                Colour.Range.FULL,
                jpeg ? avutil.AVCOL_SPC_BT470BG : avutil.AVCOL_SPC_RGB,
                video.primaries(),
                video.transfer(),
                jpeg ? video.chromaLocation() : Colour.UNSPECIFIED.chromaLocation());
    }

    private static boolean takes(AVCodec codec, int format) {
        IntPointer formats = codec.pix_fmts();
        for (int i = 0; formats != null && formats.get(i) != avutil.AV_PIX_FMT_NONE; i++) {
            if (formats.get(i) == format) {
                return true;
            }
        }
        return formats == null;
    }
}
