package io.kinolift.ffmpeg;

import io.kinolift.frame.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/** The components of FFmpeg's layouts, in the order of its table. */
final class Components {
    private static final List<Role> RGB = List.of(Role.RED, Role.GREEN, Role.BLUE, Role.ALPHA);
    private static final List<Role> YUV = List.of(Role.LUMA, Role.CB, Role.CR, Role.ALPHA);
    private static final List<Role> GREY = List.of(Role.LUMA, Role.ALPHA);

    private Components() {}

    /** The roles in the order of the layout's components. */
    static List<Role> of(AVPixFmtDescriptor layout) {
        int count = layout.nb_components();
        List<Role> all = has(layout, avutil.AV_PIX_FMT_FLAG_RGB) ? RGB : count <= GREY.size() ? GREY : YUV;
        return all.subList(0, count);
    }

    static Set<Role> roles(AVPixFmtDescriptor layout) {
        return EnumSet.copyOf(of(layout));
    }

    /** Bits of the longest component; 16 for floating point numbers. */
    static int depth(AVPixFmtDescriptor layout) {
        if (has(layout, avutil.AV_PIX_FMT_FLAG_FLOAT)) {
            return Short.SIZE;
        }
        int depth = 0;
        for (int i = 0; i < layout.nb_components(); i++) {
            depth = Math.max(depth, layout.comp(i).depth());
        }
        return depth;
    }

    static boolean has(AVPixFmtDescriptor layout, long flag) {
        return (layout.flags() & flag) != 0;
    }
}
