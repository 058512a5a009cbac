package io.kinolift.ffmpeg;

import io.kinolift.frame.PixelFormat;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * What pictures of a layout that we have no format for become: the smallest format that keeps every sample. Packed,
 * semi-planar and big-endian layouts are only put in another order. Chroma that is coarser than any of ours, as in 4:1:1,
 * is interpolated to the next. Palettes and fewer than 8 bits of RGB become RGB24.
 */
public final class InputLayout {
    private static final int FOREIGN =
            avutil.AV_PIX_FMT_FLAG_HWACCEL | avutil.AV_PIX_FMT_FLAG_BAYER | avutil.AV_PIX_FMT_FLAG_FLOAT;

    private InputLayout() {}

    /** Null where there is none: alpha, or a depth that we do not have. */
    public static PixelFormat target(int number) {
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(number);
        if (layout == null || has(layout, FOREIGN)) {
            return null;
        }
        boolean palette = has(layout, avutil.AV_PIX_FMT_FLAG_PAL);
        int depth = layout.comp(0).depth();
        if (palette || has(layout, avutil.AV_PIX_FMT_FLAG_RGB)) {
            boolean opaque = palette || !has(layout, avutil.AV_PIX_FMT_FLAG_ALPHA);
            return opaque && depth <= 8 ? PixelFormat.RGB24 : null;
        }
        boolean ours = depth <= 8 || depth == 10;
        return !ours || has(layout, avutil.AV_PIX_FMT_FLAG_ALPHA) ? null : yuv(layout, depth == 10);
    }

    private static PixelFormat yuv(AVPixFmtDescriptor layout, boolean tenBits) {
        if (layout.nb_components() == 1) {
            return tenBits ? PixelFormat.GRAY10 : PixelFormat.GRAY8;
        }
        int shiftX = layout.log2_chroma_w();
        int shiftY = layout.log2_chroma_h();
        if (shiftX == 0) {
            return tenBits ? PixelFormat.YUV444P10 : PixelFormat.YUV444P;
        } else if (shiftY == 0) {
            return tenBits ? PixelFormat.YUV422P10 : PixelFormat.YUV422P;
        }
        return tenBits ? PixelFormat.YUV420P10 : PixelFormat.YUV420P;
    }

    private static boolean has(AVPixFmtDescriptor layout, long flag) {
        return (layout.flags() & flag) != 0;
    }
}
