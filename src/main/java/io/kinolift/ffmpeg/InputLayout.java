package io.kinolift.ffmpeg;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Role;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * What pictures of one of FFmpeg's layouts become: the smallest format of ours that keeps every sample. All layouts have
 * one but those of hardware.
 *
 * @param number FFmpeg's number of the layout
 * @param remark how the samples change, a clause; null if they only lie elsewhere
 */
public record InputLayout(int number, PixelFormat format, Way way, String remark) {
    /** How a picture gets there. */
    public enum Way {
        /** It is one already. */
        SAME,
        /** Sample by sample, by {@link LayoutReader}. */
        SAMPLES,
        /** By FFmpeg's scaler, because samples are made up or change their meaning. */
        SCALER
    }

    private static final int LONGEST_SAMPLE = 16;

    /** Empty for a layout in the memory of hardware, or none at all. */
    public static Optional<InputLayout> of(AVFrame frame) {
        if (frame.format() == avutil.AV_PIX_FMT_PAL8) {
            PixelFormat format = Palette.hasAlpha(frame) ? PixelFormat.RGBA : PixelFormat.RGB24;
            return Optional.of(new InputLayout(frame.format(), format, Way.SAMPLES, null));
        }
        return of(frame.format());
    }

    /** As {@link #of(AVFrame)}, without a look at the picture: a palette is taken for one with alpha. */
    public static Optional<InputLayout> of(int number) {
        AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(number);
        if (layout == null || has(layout, avutil.AV_PIX_FMT_FLAG_HWACCEL)) {
            return Optional.empty();
        }
        PixelFormat own = Ffmpeg.pixelFormat(number);
        if (own != null && own.sampleShift() == 0) {
            return Optional.of(new InputLayout(number, own, Way.SAME, null));
        }
        return Optional.of(special(number, layout).orElseGet(() -> regular(number, layout)));
    }

    private static Optional<InputLayout> special(int number, AVPixFmtDescriptor layout) {
        if (has(layout, avutil.AV_PIX_FMT_FLAG_PAL)) {
            return Optional.of(new InputLayout(number, PixelFormat.RGBA, Way.SAMPLES, null));
        } else if (has(layout, avutil.AV_PIX_FMT_FLAG_BAYER)) {
            // Of these, the table has only the mean number of bits per colour.
            PixelFormat format = layout.comp(0).step() > Byte.BYTES ? PixelFormat.RGB48 : PixelFormat.RGB24;
            return Optional.of(new InputLayout(
                    number, format, Way.SCALER, "the two missing colours of each pixel" + " are interpolated"));
        } else if (has(layout, avutil.AV_PIX_FMT_FLAG_XYZ)) {
            return Optional.of(new InputLayout(number, PixelFormat.RGB48, Way.SCALER, "CIE XYZ is converted to RGB"));
        }
        return Optional.empty();
    }

    private static InputLayout regular(int number, AVPixFmtDescriptor layout) {
        Set<Role> roles = Components.roles(layout);
        int shiftX = layout.log2_chroma_w();
        int shiftY = layout.log2_chroma_h();
        if (roles.equals(EnumSet.of(Role.LUMA, Role.ALPHA))) {
            // No format of ours has these two only.
            roles.add(Role.CB);
            roles.add(Role.CR);
            shiftX = 1;
            shiftY = 1;
        }
        // Chroma that is coarser than any of ours, or in other directions, is interpolated to the next.
        int columns = 1 << Math.min(1, shiftX);
        int rows = shiftX == 0 ? 1 : 1 << Math.min(1, shiftY);
        boolean rescaled = shiftX > 1 || shiftY > 1 || (shiftX == 0 && shiftY > 0);
        int depth = Components.depth(layout);
        PixelFormat format = PixelFormat.find(roles, Math.min(depth, LONGEST_SAMPLE), columns, rows)
                .orElseThrow();
        return new InputLayout(
                number,
                format,
                rescaled ? Way.SCALER : Way.SAMPLES,
                rescaled ? "chroma is interpolated" : change(layout, depth, format));
    }

    private static String change(AVPixFmtDescriptor layout, int depth, PixelFormat format) {
        if (has(layout, avutil.AV_PIX_FMT_FLAG_FLOAT)) {
            return "0 to 1 becomes 0 to 65535, and what lies beyond is cut";
        } else if (depth > LONGEST_SAMPLE) {
            return "the upper 16 bits of " + depth + " remain";
        } else if (depth > Byte.SIZE && depth < format.bitDepth()) {
            return depth + " bits become " + format.bitDepth() + " without loss";
        }
        return null;
    }

    /** Whether the samples are numbers of colours; which of them are transparent differs from picture to picture. */
    public boolean isPalette() {
        return number == avutil.AV_PIX_FMT_PAL8;
    }

    /** The meaning of a picture's samples once they have this format. */
    public Colour colour(AVFrame frame) {
        Colour found = Ffmpeg.colour(frame);
        boolean gainsChroma = avutil.av_pix_fmt_desc_get(number).nb_components() <= 2 && format.hasChroma();
        return gainsChroma
                ? Ffmpeg.greyAsYuv(found, format, frame.height())
                : Ffmpeg.withMatrix(found, format, frame.height());
    }

    /** The change as a line for people; null if there is none. */
    public String sentence() {
        return remark == null
                ? null
                : "pixel format " + Ffmpeg.pixelFormatName(number) + " is read as " + format + ": " + remark;
    }

    private static boolean has(AVPixFmtDescriptor layout, long flag) {
        return (layout.flags() & flag) != 0;
    }
}
