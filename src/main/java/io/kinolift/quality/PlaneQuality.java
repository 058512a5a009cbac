package io.kinolift.quality;

import io.kinolift.frame.Plane;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Likeness of two planes.
 *
 * @param mse mean squared error in squared sample steps
 * @param ssim structural similarity, 1 when equal: the mean over 8x8 blocks that overlap by 4, each from plain sums
 *     over its 64 samples, as FFmpeg's ssim filter has it. Planes under 8 samples wide or high have none: NaN.
 * @param gmsd gradient magnitude similarity deviation, 0 when equal; NaN for planes under 6 samples wide or high
 */
public record PlaneQuality(double mse, double ssim, double gmsd) {
    private static final double PEAK = 255;
    /** Blocks are 2x2 cells of 4x4 samples. */
    private static final int CELL = 4;
    /** Numbers that are kept of a cell. */
    private static final int SUMS = 4;
    /** FFmpeg's constants: (0.01 * 255)^2 * 64 and (0.03 * 255)^2 * 64 * 63, rounded half up. */
    private static final double C1 = 416;
    private static final double C2 = 235_963;

    /**
     * Measures component {@code component} of both planes.
     *
     * @throws IllegalArgumentException if the planes differ in size or components
     */
    public static PlaneQuality measure(Plane a, Plane b, int component) {
        if (a.width() != b.width() || a.height() != b.height() || a.components() != b.components()) {
            throw new IllegalArgumentException("expected planes of one shape, found " + shape(a) + " and " + shape(b));
        }
        byte[] samplesA = samples(a, component);
        byte[] samplesB = samples(b, component);
        return new PlaneQuality(mse(samplesA, samplesB), ssim(samplesA, samplesB, a.width(), a.height()),
                GradientSimilarity.deviation(samplesA, samplesB, a.width(), a.height()));
    }

    /** Peak signal-to-noise ratio in dB; infinite when the planes are equal. */
    public double psnr() {
        return psnr(mse);
    }

    /** The same of any mean squared error: average errors, never decibels. */
    public static double psnr(double mse) {
        return mse == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(PEAK * PEAK / mse);
    }

    public PlaneQuality plus(PlaneQuality other) {
        return new PlaneQuality(mse + other.mse, ssim + other.ssim, gmsd + other.gmsd);
    }

    public PlaneQuality times(double factor) {
        return new PlaneQuality(mse * factor, ssim * factor, gmsd * factor);
    }

    public PlaneQuality over(double count) {
        return new PlaneQuality(mse / count, ssim / count, gmsd / count);
    }

    private static double mse(byte[] a, byte[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            int difference = (a[i] & 0xff) - (b[i] & 0xff);
            sum += (long) difference * difference;
        }
        return (double) sum / a.length;
    }

    /** Every sample is read once: the sums of a block are those of four cells, and blocks share cells. */
    private static double ssim(byte[] a, byte[] b, int width, int height) {
        int columns = width / CELL;
        int rows = height / CELL;
        int[] above = new int[columns * SUMS];
        int[] below = new int[columns * SUMS];
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            int[] free = above;
            above = below;
            below = free;
            for (int column = 0; column < columns; column++) {
                sumCell(a, b, row * CELL * width + column * CELL, width, below, column * SUMS);
            }
            for (int column = 1; row > 0 && column < columns; column++) {
                sum += blockSsim(above, below, column * SUMS);
            }
        }
        return columns < 2 || rows < 2 ? Double.NaN : sum / ((columns - 1L) * (rows - 1L));
    }

    /** Writes the cell's sums of a, of b, of both squares and of products. */
    private static void sumCell(byte[] a, byte[] b, int topLeft, int width, int[] sums, int at) {
        int sumA = 0;
        int sumB = 0;
        int squares = 0;
        int products = 0;
        for (int y = 0; y < CELL; y++) {
            for (int i = topLeft + y * width; i < topLeft + y * width + CELL; i++) {
                int sampleA = a[i] & 0xff;
                int sampleB = b[i] & 0xff;
                sumA += sampleA;
                sumB += sampleB;
                squares += sampleA * sampleA + sampleB * sampleB;
                products += sampleA * sampleB;
            }
        }
        sums[at] = sumA;
        sums[at + 1] = sumB;
        sums[at + 2] = squares;
        sums[at + 3] = products;
    }

    /** Of the block whose lower right cell has its sums at {@code at}. */
    private static double blockSsim(int[] above, int[] below, int at) {
        long sumA = blockSum(above, below, at);
        long sumB = blockSum(above, below, at + 1);
        long samples = 4 * CELL * CELL;
        double variances = blockSum(above, below, at + 2) * samples - sumA * sumA - sumB * sumB;
        double covariance = blockSum(above, below, at + 3) * samples - sumA * sumB;
        return (2.0 * sumA * sumB + C1) * (2 * covariance + C2)
                / ((sumA * sumA + sumB * sumB + C1) * (variances + C2));
    }

    private static long blockSum(int[] above, int[] below, int at) {
        return above[at - SUMS] + above[at] + below[at - SUMS] + below[at];
    }

    /** One component, rows without padding. */
    private static byte[] samples(Plane plane, int component) {
        byte[] samples = new byte[plane.width() * plane.height()];
        byte[] row = new byte[plane.rowBytes()];
        for (int y = 0; y < plane.height(); y++) {
            MemorySegment.copy(plane.data(), ValueLayout.JAVA_BYTE, y * plane.stride(), row, 0, row.length);
            for (int x = 0; x < plane.width(); x++) {
                samples[y * plane.width() + x] = row[x * plane.components() + component];
            }
        }
        return samples;
    }

    private static String shape(Plane plane) {
        return plane.width() + "x" + plane.height() + "x" + plane.components();
    }
}
