package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.Interleaving;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Role;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The harm of putting pictures into another layout, as a number to compare. Under {@value #CHANGE}, samples only lie
 * elsewhere. Deeper samples and finer chroma come next, then another colour space, then lost chroma and depth.
 */
final class LayoutCost {
    /** From here on, samples change. */
    static final int CHANGE = 10;

    private static final int ANOTHER_ORDER = 1;
    private static final int EMPTY_COMPONENTS = 4;
    private static final int DEEPER = CHANGE;
    private static final int FINER_CHROMA = 20;
    private static final int RGB_TO_YUV = 100;
    private static final int COARSER_CHROMA = 200;
    private static final int YUV_TO_RGB = 400;
    private static final int LESS_DEPTH = 800;
    private static final int LEAST_REDUCED_DEPTH = 10;

    private static final long FOREIGN = avutil.AV_PIX_FMT_FLAG_HWACCEL
            | avutil.AV_PIX_FMT_FLAG_PAL
            | avutil.AV_PIX_FMT_FLAG_BAYER
            | avutil.AV_PIX_FMT_FLAG_FLOAT
            | avutil.AV_PIX_FMT_FLAG_XYZ;

    private LayoutCost() {}

    /**
     * The cost of a layout for pictures of a format.
     *
     * @param strict whether no depth, and no chroma or colours of YUV, may be lost
     * @return empty if the layout is out of the question
     */
    static OptionalInt of(PixelFormat format, int number, boolean strict) {
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(number);
        if (layout == null || (layout.flags() & FOREIGN) != 0) {
            return OptionalInt.empty();
        }
        boolean alpha = hasAlpha(number);
        int colours = layout.nb_components() - (alpha ? 1 : 0);
        boolean isGrey = colours == 1;
        if ((format.has(Role.ALPHA) && !alpha) || (isGrey && (format.isRgb() || format.hasChroma()))) {
            return OptionalInt.empty();
        }
        int depthCost = depth(format, depth(number), strict);
        int colourCost = isGrey ? 0 : colours(format, layout, number, strict);
        if (depthCost < 0 || colourCost < 0) {
            return OptionalInt.empty();
        }
        int empty = alpha && !format.has(Role.ALPHA) ? EMPTY_COMPONENTS : 0;
        return OptionalInt.of(depthCost + colourCost + empty + order(format, number));
    }

    private static int order(PixelFormat format, int number) {
        PixelFormat own = Ffmpeg.pixelFormat(number);
        if (number == Ffmpeg.number(format)) {
            return 0;
        }
        return own != null && Interleaving.exists(format, own) ? ANOTHER_ORDER : 2 * ANOTHER_ORDER;
    }

    private static int depth(PixelFormat format, int depth, boolean strict) {
        if (depth == format.bitDepth()) {
            return 0;
        } else if (depth > format.bitDepth()) {
            return DEEPER;
        }
        return strict || depth < LEAST_REDUCED_DEPTH ? -1 : LESS_DEPTH + format.bitDepth() - depth;
    }

    private static int colours(PixelFormat format, AVPixFmtDescriptor layout, int number, boolean strict) {
        int shiftX = layout.log2_chroma_w();
        int shiftY = layout.log2_chroma_h();
        if (isRgb(number)) {
            return format.isRgb() ? 0 : strict ? -1 : YUV_TO_RGB;
        } else if (format.isRgb()) {
            return RGB_TO_YUV + CHANGE * (shiftX + shiftY);
        } else if (!format.hasChroma()) {
            return EMPTY_COMPONENTS - shiftX - shiftY;
        }
        boolean coarser = 1 << shiftX > format.columnsPerChroma() || 1 << shiftY > format.rowsPerChroma();
        if (coarser) {
            // Of transparent pictures, alpha is worth more than the chroma.
            return format.has(Role.ALPHA) ? COARSER_CHROMA : -1;
        }
        boolean finer = 1 << shiftX < format.columnsPerChroma() || 1 << shiftY < format.rowsPerChroma();
        return finer ? FINER_CHROMA - CHANGE / 2 * (shiftX + shiftY) : 0;
    }

    /** Bits of the shortest component. */
    static int depth(int number) {
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(number);
        int depth = Integer.MAX_VALUE;
        for (int i = 0; i < layout.nb_components(); i++) {
            depth = Math.min(depth, layout.comp(i).depth());
        }
        return depth;
    }

    static boolean hasAlpha(int number) {
        return (avutil.av_pix_fmt_desc_get(number).flags() & avutil.AV_PIX_FMT_FLAG_ALPHA) != 0;
    }

    static boolean isRgb(int number) {
        return (avutil.av_pix_fmt_desc_get(number).flags() & avutil.AV_PIX_FMT_FLAG_RGB) != 0;
    }
}
