package io.kinolift.quality;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;
import java.awt.image.BufferedImage;

/**
 * Pictures as people see them. With R' = Y' + 2 (1 - kr) Cr, B' = Y' + 2 (1 - kb) Cb and Y' = kr R' + kg G' + kb B';
 * chroma is interpolated linearly between its samples' centres.
 */
final class RgbImages {
    private static final int SD_HEIGHT = 576;

    private final Picture picture;
    private final double kr;
    private final double kb;
    private final boolean limited;
    /** Steps of a sample per step of 8 bits. */
    private final double unit;

    private RgbImages(Picture picture, Colour colour) {
        this.picture = picture;
        double[] weights = weights(colour.matrix(), picture.height());
        kr = weights[0];
        kb = weights[1];
        limited = colour.range() != Colour.Range.FULL;
        unit = picture.format().scaleFrom8Bit();
    }

    /** An image of type INT_RGB and the picture's size. */
    static BufferedImage of(Picture picture, Colour colour) {
        RgbImages rgb = new RgbImages(picture, colour);
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                image.setRGB(x, y, rgb.at(x, y));
            }
        }
        return image;
    }

    /** kr and kb by H.273's MatrixCoefficients; what nobody stated depends on the height. */
    private static double[] weights(int matrix, int height) {
        return switch (matrix) {
            case 1 -> new double[] {0.2126, 0.0722};
            case 4 -> new double[] {0.30, 0.11};
            case 5, 6 -> new double[] {0.299, 0.114};
            case 7 -> new double[] {0.212, 0.087};
            case 9, 10 -> new double[] {0.2627, 0.0593};
            default -> weights(height <= SD_HEIGHT ? 6 : 1, height);
        };
    }

    private int at(int x, int y) {
        Plane first = picture.plane(0);
        return switch (picture.format()) {
            case RGB24 -> pack(sample(first, x, y, 0), sample(first, x, y, 1), sample(first, x, y, 2));
            case BGR24 -> pack(sample(first, x, y, 2), sample(first, x, y, 1), sample(first, x, y, 0));
            case GRAY8, GRAY10 -> convert(sample(first, x, y, 0), 128, 128);
            case NV12 ->
                convert(sample(first, x, y, 0), chroma(picture.plane(1), x, y, 0), chroma(picture.plane(1), x, y, 1));
            case YUV420P, YUV422P, YUV444P, YUV420P10, YUV422P10, YUV444P10 ->
                convert(sample(first, x, y, 0), chroma(picture.plane(1), x, y, 0), chroma(picture.plane(2), x, y, 0));
        };
    }

    private int convert(double y, double u, double v) {
        double luma = limited ? (y - 16) * 255 / 219 : y;
        double scale = limited ? 255.0 / 224 : 1;
        double red = luma + 2 * (1 - kr) * (v - 128) * scale;
        double blue = luma + 2 * (1 - kb) * (u - 128) * scale;
        return pack(red, (luma - kr * red - kb * blue) / (1 - kr - kb), blue);
    }

    private double chroma(Plane plane, int x, int y, int component) {
        double inX = position(x, plane.width(), picture.width());
        double inY = position(y, plane.height(), picture.height());
        int left = (int) inX;
        int top = (int) inY;
        int right = Math.min(left + 1, plane.width() - 1);
        int bottom = Math.min(top + 1, plane.height() - 1);
        double upper = mix(sample(plane, left, top, component), sample(plane, right, top, component), inX - left);
        double lower = mix(sample(plane, left, bottom, component), sample(plane, right, bottom, component), inX - left);
        return mix(upper, lower, inY - top);
    }

    private static double position(int luma, int size, int lumaSize) {
        return size == lumaSize ? luma : Math.clamp((luma + 0.5) / 2 - 0.5, 0, size - 1);
    }

    private static double mix(double a, double b, double weight) {
        return a + (b - a) * weight;
    }

    private double sample(Plane plane, int x, int y, int component) {
        return plane.sample(x * plane.components() + component, y) / unit;
    }

    private static int pack(double red, double green, double blue) {
        return round(red) << 16 | round(green) << 8 | round(blue);
    }

    private static int round(double value) {
        return (int) Math.clamp(Math.floor(value + 0.5), 0, 255);
    }
}
