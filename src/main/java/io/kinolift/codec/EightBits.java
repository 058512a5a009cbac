package io.kinolift.codec;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;

/** Pictures of fewer bits, to be looked at where nothing shows more. */
public final class EightBits {
    private static final int LARGEST = 255;

    private EightBits() {}

    /**
     * A picture with samples of 8 bits, each the nearest: half up, and no more than 255.
     *
     * @param picture stays the caller's
     * @return a new picture, also where nothing had to be done
     */
    public static Picture of(Picture picture) {
        PixelFormat format = picture.format().withBytes();
        Picture made = new AvPictures().allocate(format, picture.width(), picture.height());
        if (format == picture.format()) {
            AvPictures.copy(picture, made);
            return made;
        }
        int unit = picture.format().stepsPerByteStep();
        for (int plane = 0; plane < made.planes().size(); plane++) {
            convert(picture.plane(plane), made.plane(plane), unit);
        }
        return made;
    }

    private static void convert(Plane from, Plane to, int unit) {
        for (int y = 0; y < to.height(); y++) {
            for (int i = 0; i < to.rowSamples(); i++) {
                to.set(i, y, Math.min((from.sample(i, y) + unit / 2) / unit, LARGEST));
            }
        }
    }
}
