package io.kinolift.ffmpeg;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Role;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Takes the samples out of any layout, one by one, from where FFmpeg's table of layouts says they are: packed, with gaps,
 * big-endian, in single bits, with a palette. Rows that are counted from below are turned. For one thread at a time.
 */
public final class LayoutReader implements AutoCloseable {
    private final LineBuffer line = new LineBuffer();

    /**
     * A picture of a layout's format.
     *
     * @param from stays the caller's
     * @param layout of the frame; its way is by samples
     * @return the caller's to close
     */
    public Picture read(AVFrame from, InputLayout layout) {
        PixelFormat format = layout.format();
        Picture picture = new AvPictures().allocate(format, from.width(), from.height());
        AVPixFmtDescriptor descriptor = avutil.av_pix_fmt_desc_get(layout.number());
        boolean palette = Components.has(descriptor, avutil.AV_PIX_FMT_FLAG_PAL);
        List<Role> roles = Components.of(descriptor);
        for (Role role : format.roles()) {
            Component to = Component.of(picture, role);
            if (palette) {
                read(from, descriptor, 0, Palette.table(from, role), to);
            } else if (roles.contains(role)) {
                int component = roles.indexOf(role);
                int[] table = SampleScale.table(descriptor, layout.number(), component, format.bitDepth());
                read(from, descriptor, component, table, to);
            } else {
                to.fill(SampleScale.missing(role, format.bitDepth()));
            }
        }
        return picture;
    }

    private void read(AVFrame from, AVPixFmtDescriptor layout, int component, int[] table, Component to) {
        int width = to.width();
        int[] row = new int[width];
        boolean isLong = layout.comp(component).depth() > Short.SIZE;
        for (int y = 0; y < to.height(); y++) {
            avutil.av_read_image_line2(
                    line.ofWidth(width),
                    from.data(),
                    from.linesize(),
                    layout,
                    0,
                    y,
                    component,
                    width,
                    0,
                    Integer.BYTES);
            line.read(row);
            for (int x = 0; x < width && table != null; x++) {
                row[x] = table[row[x]];
            }
            for (int x = 0; x < width && isLong; x++) {
                row[x] = SampleScale.narrow(layout, component, row[x]);
            }
            to.write(y, row);
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
