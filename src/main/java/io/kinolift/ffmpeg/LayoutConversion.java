package io.kinolift.ffmpeg;

import io.kinolift.frame.Colour;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.PointerPointer;

/** Frames of one layout in another, of the same size or another one, by FFmpeg's scaler. For one thread at a time. */
public final class LayoutConversion implements AutoCloseable {
    private final SwsContext context = swscale.sws_alloc_context();

    public LayoutConversion() {
        this(swscale.SWS_BICUBIC
                | swscale.SWS_ACCURATE_RND
                | swscale.SWS_BITEXACT
                | swscale.SWS_FULL_CHR_H_INT
                | swscale.SWS_FULL_CHR_H_INP);
    }

    /** @param flags FFmpeg's {@code sws_flags} */
    LayoutConversion(int flags) {
        Ffmpeg.quiet();
        context.flags(flags);
    }

    /**
     * Converts a picture to another layout of the same size.
     *
     * @param from stays the caller's; its colour decides between matrices
     * @param format FFmpeg's number of the layout
     * @param colour of the result
     * @return the caller's to free
     */
    public AVFrame convert(AVFrame from, int format, Colour colour) throws VideoException {
        return convert(from, format, from.width(), from.height(), colour);
    }

    /**
     * Converts a picture to another layout and size.
     *
     * @param from stays the caller's; its colour decides between matrices
     * @param format FFmpeg's number of the layout
     * @param width of the result, luma samples per row
     * @param height of the result, luma rows
     * @param colour of the result
     * @return the caller's to free
     */
    public AVFrame convert(AVFrame from, int format, int width, int height, Colour colour) throws VideoException {
        AVFrame to = AvPictures.allocateFrame(format, width, height);
        avutil.av_frame_copy_props(to, from);
        Ffmpeg.setColour(to, colour);
        FfmpegLog.forget();
        int code = swscale.sws_scale_frame(context, to, from);
        if (code < 0) {
            avutil.av_frame_free(to);
            throw new VideoException("expected a layout that FFmpeg turns into " + Ffmpeg.pixelFormatName(format)
                    + ", found " + Ffmpeg.pixelFormatName(from.format()) + ": " + FfmpegLog.reason(code));
        }
        return to;
    }

    @Override
    public void close() {
        try (PointerPointer<SwsContext> pointer = new PointerPointer<SwsContext>(1).put(context)) {
            swscale.sws_free_context(pointer);
        }
    }
}
