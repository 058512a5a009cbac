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
 */
public record PlaneQuality(double mse, double ssim) {
    private static final double PEAK = 255;
    private static final int BLOCK = 8;
    private static final int STEP = 4;
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
        return new PlaneQuality(mse(a, b, component), ssim(a, b, component));
    }

    /** Peak signal-to-noise ratio in dB; infinite when the planes are equal. */
    public double psnr() {
        return psnr(mse);
    }

    /** The same of any mean squared error: average errors, never decibels. */
    public static double psnr(double mse) {
        return mse == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(PEAK * PEAK / mse);
    }

    private static double mse(Plane a, Plane b, int component) {
        long sum = 0;
        for (int y = 0; y < a.height(); y++) {
            for (int x = 0; x < a.width(); x++) {
                int difference = sample(a, x, y, component) - sample(b, x, y, component);
                sum += (long) difference * difference;
            }
        }
        return (double) sum / ((long) a.width() * a.height());
    }

    private static double ssim(Plane a, Plane b, int component) {
        double sum = 0;
        long blocks = 0;
        for (int y = 0; y / STEP + 1 < a.height() / STEP; y += STEP) {
            for (int x = 0; x / STEP + 1 < a.width() / STEP; x += STEP) {
                sum += blockSsim(a, b, x, y, component);
                blocks++;
            }
        }
        return sum / blocks;
    }

    private static double blockSsim(Plane a, Plane b, int left, int top, int component) {
        long sumA = 0;
        long sumB = 0;
        long squares = 0;
        long products = 0;
        for (int y = top; y < top + BLOCK; y++) {
            for (int x = left; x < left + BLOCK; x++) {
                int sampleA = sample(a, x, y, component);
                int sampleB = sample(b, x, y, component);
                sumA += sampleA;
                sumB += sampleB;
                squares += sampleA * sampleA + sampleB * sampleB;
                products += sampleA * sampleB;
            }
        }
        long samples = BLOCK * BLOCK;
        double variances = squares * samples - sumA * sumA - sumB * sumB;
        double covariance = products * samples - sumA * sumB;
        return (2.0 * sumA * sumB + C1) * (2 * covariance + C2)
                / ((sumA * sumA + sumB * sumB + C1) * (variances + C2));
    }

    private static int sample(Plane plane, int x, int y, int component) {
        MemorySegment data = plane.data();
        return data.get(ValueLayout.JAVA_BYTE, y * plane.stride() + (long) x * plane.components() + component) & 0xff;
    }

    private static String shape(Plane plane) {
        return plane.width() + "x" + plane.height() + "x" + plane.components();
    }
}
