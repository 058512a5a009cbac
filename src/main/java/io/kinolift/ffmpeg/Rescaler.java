package io.kinolift.ffmpeg;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;

/**
 * FFmpeg's scaler for luma only, like its {@code scale} filter with {@code accurate_rnd+bitexact}. It makes footage
 * smaller, and is the peer that enlarging is compared with. One instance is for one thread at a time.
 */
public final class Rescaler implements AutoCloseable {
    private static final AvPictures PICTURES = new AvPictures();

    private final int inWidth;
    private final int inHeight;
    private final int outWidth;
    private final int outHeight;
    private final SwsContext context;
    private boolean closed;

    /** FFmpeg's names of {@code sws_flags}. */
    public enum Filter {
        /** When shrinking: the mean of the samples covered. */
        AREA(swscale.SWS_AREA),
        BILINEAR(swscale.SWS_BILINEAR),
        BICUBIC(swscale.SWS_BICUBIC),
        LANCZOS(swscale.SWS_LANCZOS);

        private final int flag;

        Filter(int flag) {
            this.flag = flag;
        }
    }

    /** @throws IllegalArgumentException if FFmpeg cannot scale between these sizes */
    public Rescaler(Filter filter, int inWidth, int inHeight, int outWidth, int outHeight) {
        this.inWidth = inWidth;
        this.inHeight = inHeight;
        this.outWidth = outWidth;
        this.outHeight = outHeight;
        Ffmpeg.quiet();
        context = swscale.sws_getContext(
                inWidth,
                inHeight,
                avutil.AV_PIX_FMT_GRAY8,
                outWidth,
                outHeight,
                avutil.AV_PIX_FMT_GRAY8,
                filter.flag | swscale.SWS_ACCURATE_RND | swscale.SWS_BITEXACT,
                null,
                null,
                (DoublePointer) null);
        if (context == null) {
            throw new IllegalArgumentException("expected sizes that FFmpeg scales between, found " + inWidth + "x"
                    + inHeight + " and " + outWidth + "x" + outHeight);
        }
    }

    /**
     * Makes a picture of the output size.
     *
     * @param picture GRAY8 of the input size, made by {@link AvPictures}; stays the caller's
     * @return GRAY8 of the output size, which the caller closes
     * @throws IllegalArgumentException if the picture is another
     */
    public Picture rescale(Picture picture) {
        if (picture.format() != PixelFormat.GRAY8
                || picture.width() != inWidth
                || picture.height() != inHeight
                || !AvPictures.isAligned(picture)) {
            throw new IllegalArgumentException("expected an aligned GRAY8 picture of " + inWidth + "x" + inHeight
                    + ", found " + picture.format() + " " + picture.width() + "x" + picture.height());
        }
        Picture scaled = PICTURES.allocate(PixelFormat.GRAY8, outWidth, outHeight);
        AVFrame from = AvPictures.borrow(picture);
        AVFrame to = AvPictures.borrow(scaled);
        try {
            swscale.sws_scale(context, from.data(), from.linesize(), 0, inHeight, to.data(), to.linesize());
        } finally {
            avutil.av_frame_free(from);
            avutil.av_frame_free(to);
        }
        return scaled;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            swscale.sws_freeContext(context);
        }
    }
}
