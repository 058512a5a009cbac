package io.kinolift.quality;

import io.kinolift.frame.Colour;
import io.kinolift.frame.LumaWeights;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Role;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;

/**
 * Pictures as people see them. With R' = Y' + 2 (1 - kr) Cr, B' = Y' + 2 (1 - kb) Cb and Y' = kr R' + kg G' + kb B';
 * chroma is interpolated linearly between its samples' centres.
 */
public final class RgbImages {
    private static final int CONSTANT_LUMINANCE = 10;
    private static final int MATRIX_OF_CONSTANT_LUMINANCE = 9;
    private static final int NEUTRAL = 128;

    private final Picture picture;
    /** Of red, green and blue, or of luma and chroma. */
    private final List<PixelFormat.Place> places;

    private final double kr;
    private final double kb;
    private final boolean limited;
    /** Steps of a sample per step of 8 bits. */
    private final double unit;

    private RgbImages(Picture picture, Colour colour) {
        this.picture = picture;
        LumaWeights weights = weights(colour.matrix(), picture.height());
        kr = weights.red();
        kb = weights.blue();
        limited = colour.range() != Colour.Range.FULL;
        unit = picture.format().scaleFrom8Bit();
        Stream<Role> roles = picture.format().isRgb()
                ? Stream.of(Role.RED, Role.GREEN, Role.BLUE)
                : Stream.of(Role.LUMA, Role.CB, Role.CR);
        places = roles.flatMap(role -> picture.format().find(role).stream()).toList();
    }

    /** An image of type INT_RGB and the picture's size. */
    public static BufferedImage of(Picture picture, Colour colour) {
        RgbImages rgb = new RgbImages(picture, colour);
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                image.setRGB(x, y, rgb.at(x, y));
            }
        }
        return image;
    }

    /** How far two images of one size are apart, in each colour. */
    static BufferedImage difference(BufferedImage a, BufferedImage b) {
        BufferedImage difference = new BufferedImage(b.getWidth(), b.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < b.getHeight(); y++) {
            for (int x = 0; x < b.getWidth(); x++) {
                int rgb = 0;
                for (int shift = 0; shift < 24; shift += 8) {
                    int distance = (a.getRGB(x, y) >> shift & 0xff) - (b.getRGB(x, y) >> shift & 0xff);
                    rgb |= Math.abs(distance) << shift;
                }
                difference.setRGB(x, y, rgb);
            }
        }
        return difference;
    }

    /** The weights of constant luminance, which is no matrix, are near enough to look at; others depend on the height. */
    private static LumaWeights weights(int matrix, int height) {
        return LumaWeights.ofMatrix(matrix == CONSTANT_LUMINANCE ? MATRIX_OF_CONSTANT_LUMINANCE : matrix)
                .orElseGet(() -> LumaWeights.ofHeight(height));
    }

    private int at(int x, int y) {
        PixelFormat format = picture.format();
        if (format.isRgb()) {
            return pack(sample(places.get(0), x, y), sample(places.get(1), x, y), sample(places.get(2), x, y));
        }
        double luma = sample(places.getFirst(), x, y);
        return format.hasChroma()
                ? convert(luma, chroma(places.get(1), x, y), chroma(places.get(2), x, y))
                : convert(luma, NEUTRAL, NEUTRAL);
    }

    private double sample(PixelFormat.Place place, int x, int y) {
        return sample(picture.plane(place.plane()), x, y, place.component());
    }

    private double chroma(PixelFormat.Place place, int x, int y) {
        return chroma(picture.plane(place.plane()), x, y, place.component());
    }

    private int convert(double y, double u, double v) {
        double luma = limited ? (y - 16) * 255 / 219 : y;
        double scale = limited ? 255.0 / 224 : 1;
        double red = luma + 2 * (1 - kr) * (v - NEUTRAL) * scale;
        double blue = luma + 2 * (1 - kb) * (u - NEUTRAL) * scale;
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
