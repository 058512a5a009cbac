package io.kinolift.ffmpeg;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Role;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Puts the samples of a picture into any layout that has places for them, one by one; the counterpart of {@link
 * LayoutReader}. Deeper samples get the same scale as there, missing alpha is opaque, and missing chroma is neutral. For
 * one thread at a time.
 */
public final class LayoutWriter implements AutoCloseable {
    private final LineBuffer line = new LineBuffer();

    /** Whether a layout has a place for every sample of a format, at least as deep. */
    public static boolean holds(int number, PixelFormat format) {
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(number);
        long foreign = avutil.AV_PIX_FMT_FLAG_HWACCEL
                | avutil.AV_PIX_FMT_FLAG_PAL
                | avutil.AV_PIX_FMT_FLAG_BAYER
                | avutil.AV_PIX_FMT_FLAG_FLOAT
                | avutil.AV_PIX_FMT_FLAG_XYZ;
        if (layout == null || Components.has(layout, foreign) || Components.depth(layout) > Short.SIZE) {
            return false;
        }
        Set<Role> places = Components.roles(layout);
        for (Role role : format.roles()) {
            int component = Components.of(layout).indexOf(role);
            if (component < 0 || layout.comp(component).depth() < format.bitDepth()) {
                return false;
            }
        }
        boolean sameChroma = !format.hasChroma()
                || (1 << layout.log2_chroma_w() == format.columnsPerChroma()
                        && 1 << layout.log2_chroma_h() == format.rowsPerChroma());
        return sameChroma && places.contains(Role.RED) == format.isRgb();
    }

    /**
     * A frame of a layout that {@link #holds} the picture.
     *
     * @param from stays the caller's
     * @return the caller's to free
     */
    public AVFrame write(Picture from, int number) {
        AVFrame frame = AvPictures.allocateFrame(number, from.width(), from.height());
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(number);
        clear(frame, layout);
        List<Role> roles = Components.of(layout);
        for (int component = 0; component < roles.size(); component++) {
            write(from, roles.get(component), frame, layout, component);
        }
        return frame;
    }

    private void write(Picture from, Role role, AVFrame to, AVPixFmtDescriptor layout, int component) {
        int depth = layout.comp(component).depth();
        int width = role.isChroma() ? -(-from.width() >> layout.log2_chroma_w()) : from.width();
        int height = role.isChroma() ? -(-from.height() >> layout.log2_chroma_h()) : from.height();
        Component samples = from.format().has(role) ? Component.of(from, role) : null;
        int[] row = new int[width];
        Arrays.fill(row, SampleScale.missing(role, depth));
        for (int y = 0; y < height; y++) {
            if (samples != null) {
                samples.read(y, row);
                for (int x = 0; x < width && depth != from.format().bitDepth(); x++) {
                    row[x] = SampleScale.widen(role, row[x], from.format().bitDepth(), depth);
                }
            }
            line.write(row);
            avutil.av_write_image_line2(
                    line.ofWidth(width), to.data(), to.linesize(), layout, 0, y, component, width, Integer.BYTES);
        }
    }

    /** FFmpeg adds bits to those that are there. */
    private static void clear(AVFrame frame, AVPixFmtDescriptor layout) {
        int planes = avutil.av_pix_fmt_count_planes(avutil.av_pix_fmt_desc_get_id(layout));
        for (int plane = 0; plane < planes; plane++) {
            boolean chroma = plane == 1 || plane == 2;
            int rows = chroma ? -(-frame.height() >> layout.log2_chroma_h()) : frame.height();
            MemorySegment.ofAddress(frame.data(plane).address())
                    .reinterpret((long) frame.linesize(plane) * rows)
                    .fill((byte) 0);
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
