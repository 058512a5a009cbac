package io.kinolift.quality;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/**
 * Finds the region of an image with the most detail: the one whose blocks of 8x8 have the highest mean variance of
 * luma. Blocks are used rather than the whole region, so that texture counts and a single border between light and dark
 * does not.
 */
final class DetailRegion {
    private static final int BLOCK = 8;
    /** Part of the size that is left out along each border, because of letterboxes and tickers. */
    private static final int BORDER_PART = 24;

    private DetailRegion() {}

    /** A region of that size, or the image's where that is smaller. */
    static Rectangle find(BufferedImage image, int maxWidth, int maxHeight) {
        int width = Math.min(maxWidth, image.getWidth());
        int height = Math.min(maxHeight, image.getHeight());
        double[][] sums = variancesAboveLeft(image);
        int marginX = Math.min(image.getWidth() / BORDER_PART, (image.getWidth() - width) / 2);
        int marginY = Math.min(image.getHeight() / BORDER_PART, (image.getHeight() - height) / 2);
        Rectangle best = new Rectangle(marginX, marginY, width, height);
        double most = -1;
        for (int y = marginY; y + height <= image.getHeight() - marginY; y += BLOCK) {
            for (int x = marginX; x + width <= image.getWidth() - marginX; x += BLOCK) {
                double sum = between(sums, x / BLOCK, y / BLOCK, (x + width) / BLOCK, (y + height) / BLOCK);
                if (sum > most) {
                    most = sum;
                    best.setLocation(x, y);
                }
            }
        }
        centre(
                best,
                sums,
                new Rectangle(marginX, marginY, image.getWidth() - 2 * marginX, image.getHeight() - 2 * marginY));
        return best;
    }

    /** Moves a region within bounds, so that its detail lies in the middle rather than along an edge. */
    private static void centre(Rectangle region, double[][] sums, Rectangle bounds) {
        double all = 0;
        double atX = 0;
        double atY = 0;
        for (int y = region.y / BLOCK; y < (region.y + region.height) / BLOCK; y++) {
            for (int x = region.x / BLOCK; x < (region.x + region.width) / BLOCK; x++) {
                double variance = between(sums, x, y, x + 1, y + 1);
                all += variance;
                atX += variance * (x + 0.5) * BLOCK;
                atY += variance * (y + 0.5) * BLOCK;
            }
        }
        if (all > 0) {
            region.setLocation(
                    Math.clamp(
                            Math.round(atX / all - region.width / 2.0),
                            bounds.x,
                            bounds.x + bounds.width - region.width),
                    Math.clamp(
                            Math.round(atY / all - region.height / 2.0),
                            bounds.y,
                            bounds.y + bounds.height - region.height));
        }
    }

    /** Entry [y][x]: the variances of all whole blocks in rows before y and columns before x. */
    private static double[][] variancesAboveLeft(BufferedImage image) {
        double[][] sums = new double[image.getHeight() / BLOCK + 1][image.getWidth() / BLOCK + 1];
        for (int y = 1; y < sums.length; y++) {
            for (int x = 1; x < sums[y].length; x++) {
                sums[y][x] = sums[y - 1][x]
                        + sums[y][x - 1]
                        - sums[y - 1][x - 1]
                        + variance(image, (x - 1) * BLOCK, (y - 1) * BLOCK);
            }
        }
        return sums;
    }

    private static double between(double[][] sums, int left, int top, int right, int bottom) {
        return sums[bottom][right] - sums[top][right] - sums[bottom][left] + sums[top][left];
    }

    private static double variance(BufferedImage image, int left, int top) {
        double sum = 0;
        double squares = 0;
        for (int y = top; y < top + BLOCK; y++) {
            for (int x = left; x < left + BLOCK; x++) {
                int rgb = image.getRGB(x, y);
                double luma = 0.2126 * (rgb >> 16 & 0xff) + 0.7152 * (rgb >> 8 & 0xff) + 0.0722 * (rgb & 0xff);
                sum += luma;
                squares += luma * luma;
            }
        }
        double samples = BLOCK * BLOCK;
        return squares / samples - (sum / samples) * (sum / samples);
    }
}
