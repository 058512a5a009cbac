package io.kinolift.bench;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PictureAllocator;
import io.kinolift.frame.Plane;
import java.util.Arrays;
import java.util.List;

/**
 * A pan over a texture with as much detail of every size as a photograph, behind things that move in other directions.
 * The same on every machine: whole-number hashes, and sums in one order.
 */
final class MovingTexture {
    /** When the pictures are taken: forth and back, so that the first one follows the last. */
    static final double[] TIMES = {0, 1, 2, 3, 2, 1};

    /** Samples of luma between the random values of the detail. */
    private static final int[] SIZES = {96, 48, 24, 12, 6, 3};

    /** Of the largest detail to the smallest, in steps of 8 bits. */
    private static final double[] CONTRAST = {70, 60, 50, 40, 30, 24};

    private static final int MEAN = 120;
    /** Things across the width. */
    private static final int THINGS = 5;

    private MovingTexture() {}

    static List<Picture> pictures(Workload workload, PictureAllocator allocator) {
        return Arrays.stream(TIMES)
                .mapToObj(
                        time -> draw(allocator.allocate(workload.format(), workload.width(), workload.height()), time))
                .toList();
    }

    /** Fills a picture with what is there at a time. */
    static Picture draw(Picture picture, double time) {
        for (Plane plane : picture.planes()) {
            double scaleX = (double) picture.width() / plane.width();
            double scaleY = (double) picture.height() / plane.height();
            for (int y = 0; y < plane.height(); y++) {
                for (int i = 0; i < plane.rowSamples(); i++) {
                    int column = i / plane.components();
                    double x = (column + 0.5) * scaleX - 0.5;
                    double sample = at(x, (y + 0.5) * scaleY - 0.5, time, picture.width(), plane.index());
                    plane.set(i, y, (int) Math.round(sample * picture.format().scaleFrom8Bit()));
                }
            }
        }
        return picture;
    }

    /** In steps of 8 bits. */
    private static double at(double x, double y, double time, int width, int seed) {
        for (int thing = 0; thing < THINGS; thing++) {
            // Up to a hundredth of the width from picture to picture, every other one to the left.
            double speed = width / 100.0 * (1 - 2 * (thing % 2)) * (thing + 1) / THINGS;
            double dx = x - speed * time - width * (thing + 0.5) / THINGS;
            double dy = y + speed * time / 2 - width * (0.15 + 0.08 * (thing % 3));
            double radius = width * (0.04 + 0.01 * thing);
            if (dx * dx + dy * dy < radius * radius) {
                return texture(dx, dy, seed + 7 * (thing + 1));
            }
        }
        return texture(x + width / 300.0 * time, y + width / 700.0 * time, seed);
    }

    private static double texture(double x, double y, int seed) {
        double sum = MEAN;
        for (int i = 0; i < SIZES.length; i++) {
            sum += CONTRAST[i] * (smooth(x / SIZES[i], y / SIZES[i], seed + i) - 0.5);
        }
        return Math.clamp(sum, 16, 235);
    }

    /** Between random values at whole places: 0 to 1. */
    private static double smooth(double x, double y, int seed) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double shareX = ease(x - left);
        double shareY = ease(y - top);
        double above = mix(random(left, top, seed), random(left + 1, top, seed), shareX);
        double below = mix(random(left, top + 1, seed), random(left + 1, top + 1, seed), shareX);
        return mix(above, below, shareY);
    }

    private static double ease(double share) {
        return share * share * (3 - 2 * share);
    }

    private static double mix(double a, double b, double share) {
        return a + (b - a) * share;
    }

    /** The finishing steps of MurmurHash3, which spread every bit. */
    private static double random(int x, int y, int seed) {
        int hash = x * 0x9E3779B1 ^ y * 0x85EBCA77 ^ seed * 0xC2B2AE3D;
        hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
        hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
        return ((hash ^ hash >>> 16) >>> 8) * 0x1p-24;
    }
}
