package io.kinolift.codec;

import io.kinolift.codec.FrameCodecException.Reason;
import io.kinolift.ffmpeg.AvPictures;
import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.InputLayout;
import io.kinolift.ffmpeg.LayoutConversion;
import io.kinolift.ffmpeg.LayoutReader;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Role;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Image layouts that {@link PixelFormat} lacks: palettes, single bits, padded pixels, alpha before colour,
 * grey with alpha, JPEG chroma of unusual ratios.
 */
final class ImageLayouts {
    private ImageLayouts() {}

    /**
     * The frame's picture in the wanted format.
     *
     * @param frame stays the caller's
     * @return the caller's to close; null if the frame cannot be converted to it
     */
    static Picture picture(AVFrame frame, PixelFormat wanted) throws FrameCodecException {
        Optional<InputLayout> known = InputLayout.of(frame);
        if (known.isEmpty()) {
            return null;
        }
        InputLayout layout = known.get();
        if (isSampled(layout, wanted)) {
            try (LayoutReader reader = new LayoutReader()) {
                return reader.read(frame, new InputLayout(layout.number(), wanted, InputLayout.Way.SAMPLES, null));
            }
        }
        return isScaled(layout, wanted) ? scaled(frame, wanted) : null;
    }

    /** Whether every sample is in the layout, but for alpha that is opaque throughout. */
    private static boolean isSampled(InputLayout layout, PixelFormat wanted) {
        return layout.way() != InputLayout.Way.SCALER
                && layout.format().isRgb() == wanted.isRgb()
                && layout.format().bitDepth() == wanted.bitDepth()
                && layout.format().columnsPerChroma() == wanted.columnsPerChroma()
                && layout.format().rowsPerChroma() == wanted.rowsPerChroma()
                && opaque(layout.format()).equals(opaque(wanted));
    }

    private static Set<Role> opaque(PixelFormat format) {
        Set<Role> roles = EnumSet.copyOf(format.roles());
        roles.remove(Role.ALPHA);
        return roles;
    }

    /** Alpha with grey or with subsampled chroma becomes RGB with alpha. */
    private static boolean isScaled(InputLayout layout, PixelFormat wanted) {
        boolean hasAlpha = layout.format().has(Role.ALPHA) && wanted.has(Role.ALPHA);
        return layout.way() == InputLayout.Way.SCALER ? layout.format() == wanted : hasAlpha && wanted.isRgb();
    }

    private static Picture scaled(AVFrame frame, PixelFormat wanted) throws FrameCodecException {
        try (LayoutConversion conversion = new LayoutConversion()) {
            AVFrame converted = conversion.convert(frame, Ffmpeg.number(wanted), Ffmpeg.colour(frame));
            return AvPictures.wrap(converted, wanted);
        } catch (VideoException e) {
            throw new FrameCodecException(Reason.UNDECODABLE, e.getMessage());
        }
    }
}
