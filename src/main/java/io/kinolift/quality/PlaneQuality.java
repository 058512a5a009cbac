package io.kinolift.quality;

import io.kinolift.frame.Plane;

/**
 * Likeness of two planes.
 *
 * @param mse mean squared error in squared steps of 8-bit samples
 * @param ssim structural similarity, 1 when equal: the mean over 8x8 blocks that overlap by 4, each from plain sums
 *     over its 64 samples, as FFmpeg's ssim filter has it. Planes under 8 samples wide or high have none: NaN.
 * @param gmsd gradient magnitude similarity deviation, 0 when equal; NaN for planes under 6 samples wide or high
 * @param overshoot mean squared distance of the second plane to the range that the first has in the 3x3 samples
 *     around, in squared steps of 8-bit samples
 */
public record PlaneQuality(double mse, double ssim, double gmsd, double overshoot) {
    private static final int PEAK = 255;
    /** Blocks are 2x2 cells of 4x4 samples. */
    private static final int CELL = 4;
    /** Numbers that are kept of a cell. */
    private static final int SUMS = 4;

    /**
     * Measures component {@code component} of both planes.
     *
     * @param a the original
     * @param largest the largest value of a sample; errors are relative to it
     * @throws IllegalArgumentException if the planes differ in size or components
     */
    public static PlaneQuality measure(Plane a, Plane b, int component, int largest) {
        if (!shape(a).equals(shape(b))) {
            throw new IllegalArgumentException("expected planes of one shape, found " + shape(a) + " and " + shape(b));
        }
        short[] samplesA = samples(a, component);
        short[] samplesB = samples(b, component);
        double toSteps = (double) (PEAK * PEAK) / ((double) largest * largest);
        return new PlaneQuality(
                toSteps * squaredError(samplesA, samplesB),
                ssim(samplesA, samplesB, a.width(), a.height(), largest),
                GradientSimilarity.deviation(samplesA, samplesB, a.width(), a.height(), largest),
                toSteps * Ringing.squared(samplesA, samplesB, a.width(), a.height()));
    }

    /** Peak signal-to-noise ratio in dB; infinite when the planes are equal. */
    public double psnr() {
        return psnr(mse);
    }

    /** PSNR of any mean squared error. Average errors, never decibels. */
    public static double psnr(double mse) {
        return mse == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10((double) PEAK * PEAK / mse);
    }

    /** Root of the mean squared overshoot: how much rings, in steps of 8-bit samples. */
    public double ringing() {
        return Math.sqrt(overshoot);
    }

    public PlaneQuality plus(PlaneQuality other) {
        return new PlaneQuality(mse + other.mse, ssim + other.ssim, gmsd + other.gmsd, overshoot + other.overshoot);
    }

    public PlaneQuality times(double factor) {
        return new PlaneQuality(mse * factor, ssim * factor, gmsd * factor, overshoot * factor);
    }

    public PlaneQuality over(double count) {
        return new PlaneQuality(mse / count, ssim / count, gmsd / count, overshoot / count);
    }

    private static double squaredError(short[] a, short[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            int difference = Short.toUnsignedInt(a[i]) - Short.toUnsignedInt(b[i]);
            sum += (long) difference * difference;
        }
        return (double) sum / a.length;
    }

    /** Every sample is read once: the sums of a block are those of four cells, and blocks share cells. */
    private static double ssim(short[] a, short[] b, int width, int height, int largest) {
        // FFmpeg's constants, whole numbers there.
        double power = (double) largest * largest;
        double c1 = Math.floor(0.01 * 0.01 * power * 64 + 0.5);
        double c2 = Math.floor(0.03 * 0.03 * power * 64 * 63 + 0.5);
        int columns = width / CELL;
        int rows = height / CELL;
        long[] above = new long[columns * SUMS];
        long[] below = new long[columns * SUMS];
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            long[] free = above;
            above = below;
            below = free;
            for (int column = 0; column < columns; column++) {
                sumCell(a, b, row * CELL * width + column * CELL, width, below, column * SUMS);
            }
            for (int column = 1; row > 0 && column < columns; column++) {
                sum += blockSsim(above, below, column * SUMS, c1, c2);
            }
        }
        return columns < 2 || rows < 2 ? Double.NaN : sum / ((columns - 1L) * (rows - 1L));
    }

    /** Writes the cell's sums of a, of b, of both squares and of products. */
    private static void sumCell(short[] a, short[] b, int topLeft, int width, long[] sums, int at) {
        long sumA = 0;
        long sumB = 0;
        long squares = 0;
        long products = 0;
        for (int y = 0; y < CELL; y++) {
            for (int i = topLeft + y * width; i < topLeft + y * width + CELL; i++) {
                long sampleA = Short.toUnsignedLong(a[i]);
                long sampleB = Short.toUnsignedLong(b[i]);
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
    private static double blockSsim(long[] above, long[] below, int at, double c1, double c2) {
        long sumA = blockSum(above, below, at);
        long sumB = blockSum(above, below, at + 1);
        long samples = 4 * CELL * CELL;
        double variances = blockSum(above, below, at + 2) * samples - sumA * sumA - sumB * sumB;
        double covariance = blockSum(above, below, at + 3) * samples - sumA * sumB;
        return (2.0 * sumA * sumB + c1) * (2 * covariance + c2) / ((sumA * sumA + sumB * sumB + c1) * (variances + c2));
    }

    private static long blockSum(long[] above, long[] below, int at) {
        return above[at - SUMS] + above[at] + below[at - SUMS] + below[at];
    }

    /** One component, rows without padding; numbers without a sign. */
    private static short[] samples(Plane plane, int component) {
        short[] samples = new short[plane.width() * plane.height()];
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                samples[y * plane.width() + x] = (short) plane.sample(x * plane.components() + component, y);
            }
        }
        return samples;
    }

    private static String shape(Plane plane) {
        return plane.width() + "x" + plane.height() + "x" + plane.components()
                + (plane.sampleBytes() == 1 ? "" : " of " + plane.sampleBytes() + " bytes");
    }
}
