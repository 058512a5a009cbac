package io.kinolift.ffmpeg;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Pictures in FFmpeg's memory: rows start at multiples of {@value #ALIGNMENT} bytes, as its encoders need them, so that
 * nothing is copied on the way into or out of a codec.
 */
public final class AvPictures implements PictureAllocator {
    /** The largest alignment that FFmpeg's vector code needs. */
    static final int ALIGNMENT = 64;

    private static final int ENCODER_EDGE = 16;
    private static final int MACROBLOCK = 16;
    /** From this width on, wider rows take at most a tenth more memory. */
    private static final int LEAST_PADDED_WIDTH = 1280;

    /** @throws OutOfMemoryError if there is no native memory for the picture */
    @Override
    public Picture allocate(PixelFormat format, int width, int height) {
        return wrap(allocateFrame(Ffmpeg.number(format), width, height), format);
    }

    public static AVFrame newFrame() {
        AVFrame frame = avutil.av_frame_alloc();
        if (frame == null) {
            throw new OutOfMemoryError("no native memory for a frame");
        }
        return frame;
    }

    public static AVFrame allocateFrame(int format, int width, int height) {
        AVFrame frame = newFrame();
        frame.format(format).width(paddedWidth(format, width, height)).height(height);
        int code = avutil.av_frame_get_buffer(frame, ALIGNMENT);
        if (code < 0) {
            avutil.av_frame_free(frame);
            throw new OutOfMemoryError(
                    "no native memory for a picture of " + width + "x" + height + ": " + Ffmpeg.error(code));
        }
        frame.width(width);
        return frame;
    }

    /**
     * FFmpeg's encoders of the MPEG family want rows with an edge, and aligned chroma too. They copy pictures of other
     * strides before they begin, which takes a tenth of their time. They always copy pictures that are not whole
     * macroblocks. For small pictures the wider rows are not worth it.
     */
    private static int paddedWidth(int format, int width, int height) {
        boolean yuv = format == avutil.AV_PIX_FMT_YUV420P
                || format == avutil.AV_PIX_FMT_YUV422P
                || format == avutil.AV_PIX_FMT_YUV444P;
        if (!yuv || width < LEAST_PADDED_WIDTH || width % MACROBLOCK != 0 || height % MACROBLOCK != 0) {
            return width;
        }
        AVPixFmtDescriptor descriptor = avutil.av_pix_fmt_desc_get(format);
        int granularity = ALIGNMENT << descriptor.log2_chroma_w();
        return Math.ceilDiv(width + 2 * ENCODER_EDGE, granularity) * granularity;
    }

    /**
     * A picture of the frame's first planes, without a copy. The picture owns the frame.
     *
     * @param format the frame's own, or GRAY8 for the luma of a planar one
     */
    public static Picture wrap(AVFrame frame, PixelFormat format) {
        int width = frame.width();
        int height = frame.height();
        List<Plane> planes = new ArrayList<>(format.planeCount());
        for (int plane = 0; plane < format.planeCount(); plane++) {
            int rows = format.planeHeight(plane, height);
            long stride = frame.linesize(plane);
            MemorySegment data =
                    MemorySegment.ofAddress(frame.data(plane).address()).reinterpret(stride * rows);
            planes.add(Plane.of(format, plane, data, width, height, stride));
        }
        // A second close would free the frame twice and take the process down.
        AtomicReference<AVFrame> owned = new AtomicReference<>(frame);
        return new Picture(format, width, height, planes, () -> {
            AVFrame mine = owned.getAndSet(null);
            if (mine != null) {
                avutil.av_frame_free(mine);
            }
        });
    }

    /** Whether every row starts where FFmpeg's vector code may read it in place. */
    public static boolean isAligned(Picture picture) {
        return picture.planes().stream()
                .allMatch(plane -> plane.data().isNative()
                        && plane.data().address() % ALIGNMENT == 0
                        && plane.stride() % ALIGNMENT == 0);
    }

    /**
     * A frame over the picture's own memory, for an encoder that has let go of it before the picture is closed.
     *
     * @param picture aligned
     */
    public static AVFrame borrow(Picture picture) {
        AVFrame frame = newFrame();
        frame.format(Ffmpeg.number(picture.format())).width(picture.width()).height(picture.height());
        MemorySegment pointers = MemorySegment.ofAddress(frame.data().address())
                .reinterpret(ValueLayout.ADDRESS.byteSize() * AVFrame.AV_NUM_DATA_POINTERS);
        for (int plane = 0; plane < picture.planes().size(); plane++) {
            pointers.setAtIndex(ValueLayout.ADDRESS, plane, picture.plane(plane).data());
            frame.linesize(plane, Math.toIntExact(picture.plane(plane).stride()));
        }
        // FFmpeg copies frames that are not reference counted. The counted byte stands for the picture, whose
        // lifetime the caller guarantees.
        frame.buf(0, avutil.av_buffer_alloc(1));
        return frame;
    }

    /** Copies samples plane by plane; both pictures have the same format and size. */
    static void copy(Picture from, Picture to) {
        for (int plane = 0; plane < from.planes().size(); plane++) {
            copy(from.plane(plane), to.plane(plane));
        }
    }

    public static void copy(Plane from, Plane to) {
        for (int y = 0; y < from.height(); y++) {
            MemorySegment.copy(from.data(), y * from.stride(), to.data(), y * to.stride(), from.rowBytes());
        }
    }
}
