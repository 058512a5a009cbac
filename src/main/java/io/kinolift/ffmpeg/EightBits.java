package io.kinolift.ffmpeg;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import java.lang.foreign.MemorySegment;

/** Reduces pictures to 8 bits, for screens that show no more. */
public final class EightBits {
    private static final int MAX_SAMPLE = 255;

    private EightBits() {}

    /**
     * A picture with samples of 8 bits, each the nearest: rounded half up, at most 255.
     *
     * @param picture stays the caller's
     * @return a new picture, even if nothing had to be done
     */
    public static Picture of(Picture picture) {
        Picture made = new AvPictures().allocate(picture.format().to8Bit(), picture.width(), picture.height());
        for (int plane = 0; plane < made.planes().size(); plane++) {
            plane(picture.format(), picture.plane(plane), made.plane(plane));
        }
        return made;
    }

    /**
     * The same of one plane.
     *
     * @param format of {@code from}
     * @param to receives the samples at its places, of a plane with samples of 8 bits that is no larger
     */
    public static void plane(PixelFormat format, Plane from, Plane to) {
        int scale = format.scaleFrom8Bit();
        for (int y = 0; y < to.height(); y++) {
            if (scale == 1) {
                MemorySegment.copy(from.data(), y * from.stride(), to.data(), y * to.stride(), to.rowBytes());
            } else {
                convert(from, to, y, scale);
            }
        }
    }

    private static void convert(Plane from, Plane to, int y, int scale) {
        for (int i = 0; i < to.rowSamples(); i++) {
            to.set(i, y, Math.min((from.sample(i, y) + scale / 2) / scale, MAX_SAMPLE));
        }
    }
}
