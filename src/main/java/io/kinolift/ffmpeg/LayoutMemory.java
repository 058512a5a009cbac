package io.kinolift.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Pictures of any of FFmpeg's layouts in the memory of others: their rows are copied out of it, or into it without
 * padding.
 */
public final class LayoutMemory {
    private static final int ALIGNMENT = 1;

    private LayoutMemory() {}

    /**
     * Copies a picture.
     *
     * @param number FFmpeg's number of the layout
     * @param memory one segment for each plane, or one that holds all planes one after the other
     * @param stride bytes from one row of the first plane to the next; rows of other planes are as much longer than
     *     their samples need. 0 is a row without padding.
     * @return the caller's to free
     * @throws VideoException if there is no such layout in memory, or the memory ends before the picture
     */
    public static AVFrame copyOf(int number, int width, int height, List<MemorySegment> memory, long stride)
            throws VideoException {
        AVPixFmtDescriptor layout = requireLayout(number);
        int planes = avutil.av_pix_fmt_count_planes(number);
        if (width < 1 || height < 1) {
            throw new VideoException("expected a picture of at least 1x1, found " + width + "x" + height);
        }
        if (memory.size() != 1 && memory.size() != planes) {
            throw new VideoException("expected 1 or " + planes + " buffers for " + Ffmpeg.pixelFormatName(number)
                    + ", found " + memory.size());
        }
        AVFrame to = AvPictures.allocateFrame(number, width, height);
        try {
            long at = 0;
            for (int plane = 0; plane < planes; plane++) {
                boolean own = memory.size() > 1;
                MemorySegment from = memory.get(own ? plane : 0);
                at = copy(from, own ? 0 : at, stride(layout, number, plane, width, stride), to, plane);
            }
            return to;
        } catch (VideoException e) {
            avutil.av_frame_free(to);
            throw e;
        }
    }

    private static AVPixFmtDescriptor requireLayout(int number) throws VideoException {
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(number);
        long foreign = avutil.AV_PIX_FMT_FLAG_HWACCEL | avutil.AV_PIX_FMT_FLAG_PAL;
        if (layout == null || Components.has(layout, foreign)) {
            throw new VideoException("expected a pixel format that lies in memory and has no palette, found "
                    + Ffmpeg.pixelFormatName(number));
        }
        return layout;
    }

    private static long stride(AVPixFmtDescriptor layout, int number, int plane, int width, long first)
            throws VideoException {
        int row = avutil.av_image_get_linesize(number, width, plane);
        if (first == 0) {
            return row;
        }
        long positions = Math.ceilDiv(first, step(layout, 0));
        long stride = plane == 0 ? first : Math.ceilDiv(positions, columns(layout, plane)) * step(layout, plane);
        if (stride < row) {
            throw new VideoException("expected rows of at least " + row + " bytes for plane " + plane + " of "
                    + Ffmpeg.pixelFormatName(number) + " of width " + width + ", found " + stride);
        }
        return stride;
    }

    /** Luma columns per column of a plane. */
    private static long columns(AVPixFmtDescriptor layout, int plane) {
        return isChroma(plane) ? 1L << layout.log2_chroma_w() : 1;
    }

    /** Bytes from one position of a plane to the next; 1 where positions are bits. */
    private static long step(AVPixFmtDescriptor layout, int plane) {
        for (int component = 0; component < layout.nb_components(); component++) {
            if (layout.comp(component).plane() == plane) {
                boolean bits = Components.has(layout, avutil.AV_PIX_FMT_FLAG_BITSTREAM);
                return bits ? 1 : layout.comp(component).step();
            }
        }
        return 1;
    }

    private static boolean isChroma(int plane) {
        return plane == 1 || plane == 2;
    }

    /** Copies a plane; says where the next one begins. */
    private static long copy(MemorySegment from, long start, long stride, AVFrame to, int plane) throws VideoException {
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(to.format());
        long rows = rows(layout, plane, to.height());
        long row = avutil.av_image_get_linesize(to.format(), to.width(), plane);
        long needed = start + (rows - 1) * stride + row;
        if (needed > from.byteSize()) {
            throw new VideoException("expected at least " + needed + " bytes for plane " + plane + " of "
                    + Ffmpeg.pixelFormatName(to.format()) + " " + to.width() + "x" + to.height() + " with rows of "
                    + stride + " bytes, found " + from.byteSize());
        }
        MemorySegment target = segment(to, plane, rows);
        for (long y = 0; y < rows; y++) {
            MemorySegment.copy(from, start + y * stride, target, y * to.linesize(plane), row);
        }
        return start + rows * stride;
    }

    /** Bytes of a picture without padding. */
    public static int bytes(int number, int width, int height) {
        return avutil.av_image_get_buffer_size(number, width, height, ALIGNMENT);
    }

    /**
     * Copies a picture into memory, its planes one after the other and its rows without padding.
     *
     * @param from has no palette, and rows counted from above
     * @param target at least {@link #bytes}
     */
    public static void write(AVFrame from, MemorySegment target) {
        int size = bytes(from.format(), from.width(), from.height());
        if (target.byteSize() < size) {
            throw new IllegalArgumentException("expected " + size + " bytes, found " + target.byteSize());
        }
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(from.format());
        long at = 0;
        for (int plane = 0; plane < avutil.av_pix_fmt_count_planes(from.format()); plane++) {
            long rows = rows(layout, plane, from.height());
            long row = avutil.av_image_get_linesize(from.format(), from.width(), plane);
            MemorySegment source = segment(from, plane, rows);
            for (long y = 0; y < rows; y++, at += row) {
                MemorySegment.copy(source, y * from.linesize(plane), target, at, row);
            }
        }
    }

    private static long rows(AVPixFmtDescriptor layout, int plane, int height) {
        return isChroma(plane) ? Math.ceilDiv(height, 1 << layout.log2_chroma_h()) : height;
    }

    private static MemorySegment segment(AVFrame frame, int plane, long rows) {
        return MemorySegment.ofAddress(frame.data(plane).address()).reinterpret(frame.linesize(plane) * rows);
    }
}
