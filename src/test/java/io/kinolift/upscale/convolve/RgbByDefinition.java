package io.kinolift.upscale.convolve;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Role;
import io.kinolift.upscale.Pictures;
import java.util.List;

/** Red, green and blue of a picture in float64, and the planes made from them. */
public final class RgbByDefinition {
    private static final List<Role> RGB = List.of(Role.RED, Role.GREEN, Role.BLUE);

    private final PixelFormat format;
    private final double red;
    private final double blue;
    private final boolean full;
    /** Steps of a sample per step of 8 bits; red, green and blue are in units of 0 to 255 times that. */
    private final int unit;

    public RgbByDefinition(PixelFormat format, int height, Colour colour) {
        this.format = format;
        unit = format.scaleFrom8Bit();
        int matrix = colour.matrix() == 2 ? height <= 576 ? 6 : 1 : colour.matrix();
        red = matrix == 1 ? 0.2126 : matrix == 9 ? 0.2627 : 0.299;
        blue = matrix == 1 ? 0.0722 : matrix == 9 ? 0.0593 : 0.114;
        full = colour.range() == Colour.Range.FULL;
    }

    /** A sample of a plane at row y, column x. */
    public interface Samples {
        int at(int plane, int y, int x, int component);
    }

    /** A pixel of channel c, row y. */
    public interface Pixels {
        double at(int c, int y, int x);
    }

    public double[][] channel(Picture picture, int c) {
        double[][] pixels = new double[picture.height()][picture.width()];
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                pixels[y][x] = pixel(
                        (p, h, w, component) -> Pictures.sample(picture, p, h, w, component),
                        picture.height(),
                        picture.width(),
                        c,
                        y,
                        x);
            }
        }
        return pixels;
    }

    public double pixel(Samples samples, int height, int width, int c, int y, int x) {
        if (format.isRgb()) {
            PixelFormat.Place place = format.place(RGB.get(c));
            return samples.at(place.plane(), y, x, place.component());
        }
        double luma = (samples.at(0, y, x, 0) / (double) unit - (full ? 0 : 16)) / (full ? 255.0 : 219.0);
        double cb = !format.hasChroma() ? 0 : chroma(samples, height, width, 0, y, x) / (full ? 255.0 : 224.0);
        double cr = !format.hasChroma() ? 0 : chroma(samples, height, width, 1, y, x) / (full ? 255.0 : 224.0);
        double r = luma + 2 * (1 - red) * cr;
        double b = luma + 2 * (1 - blue) * cb;
        double g = (luma - red * r - blue * b) / (1 - red - blue);
        return 255 * unit * (c == 0 ? r : c == 1 ? g : b);
    }

    private double chroma(Samples samples, int pictureHeight, int pictureWidth, int c, int y, int x) {
        PixelFormat.Place place = format.place(c == 0 ? Role.CB : Role.CR);
        int plane = place.plane();
        int component = place.component();
        int height = format.planeHeight(plane, pictureHeight);
        int width = format.planeWidth(plane, pictureWidth);
        double atY = format.planeHeight(1, 2) == 2 ? y : (y + 0.5) / 2 - 0.5;
        double atX = format.planeWidth(1, 2) == 2 ? x : (x + 0.5) / 2 - 0.5;
        double sum = 0;
        for (int j = 0; j < 2; j++) {
            for (int i = 0; i < 2; i++) {
                double h = Math.floor(atY) + j;
                double w = Math.floor(atX) + i;
                double weight = (1 - Math.abs(atY - h)) * (1 - Math.abs(atX - w));
                sum += weight
                        * samples.at(
                                plane,
                                (int) Math.clamp(h, 0, height - 1),
                                (int) Math.clamp(w, 0, width - 1),
                                component);
            }
        }
        return sum / unit - 128;
    }

    public double plane(Pixels pixels, int plane, int component, int y, int x, int outHeight, int outWidth) {
        Role role = format.roles(plane).get(component);
        if (format.isRgb()) {
            return pixels.at(RGB.indexOf(role), y, x);
        }
        if (role == Role.LUMA) {
            return unit * (luma(pixels, y, x) * (full ? 255 : 219) + (full ? 0 : 16));
        }
        int c = role == Role.CB ? 0 : 1;
        int rows = format.planeHeight(1, 2) == 2 ? 1 : 2;
        int columns = format.planeWidth(1, 2) == 2 ? 1 : 2;
        double sum = 0;
        for (int j = 0; j < rows; j++) {
            for (int i = 0; i < columns; i++) {
                int h = Math.min(rows * y + j, outHeight - 1);
                int w = Math.min(columns * x + i, outWidth - 1);
                double difference = pixels.at(c == 0 ? 2 : 0, h, w) / (255 * unit) - luma(pixels, h, w);
                sum += difference / (2 * (1 - (c == 0 ? blue : red)));
            }
        }
        return unit * (sum / (rows * columns) * (full ? 255 : 224) + 128);
    }

    private double luma(Pixels pixels, int y, int x) {
        return (red * pixels.at(0, y, x) + (1 - red - blue) * pixels.at(1, y, x) + blue * pixels.at(2, y, x))
                / (255 * unit);
    }
}
