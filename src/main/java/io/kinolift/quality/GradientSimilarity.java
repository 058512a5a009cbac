package io.kinolift.quality;

/**
 * Gradient magnitude similarity deviation (Xue, Zhang, Mou, Bovik, "Gradient Magnitude Similarity Deviation: A Highly
 * Efficient Perceptual Image Quality Index", 2014): how unevenly edges and textures are preserved. People's opinions
 * follow it more closely than squared errors. 0 is perfect; 0.05 is hard to see; 0.2 is bad.
 *
 * <p>Both planes are halved by 2x2 means. With m the magnitude of Prewitt's gradient, similarity at a sample is
 * {@code (2 ma mb + c) / (ma^2 + mb^2 + c)}, c = 170 for samples up to 255; the figure is its
 * standard deviation over all samples whose neighbours are all there.
 */
final class GradientSimilarity {
    private static final double C = 170;
    private static final double C_LARGEST = 255;
    /** Sums of four samples and of three differences: their squares are this much larger. */
    private static final double UNITS = 4 * 3 * 4 * 3;

    private GradientSimilarity() {}

    /**
     * The standard deviation of the gradient similarity over a plane.
     *
     * @param a rows without padding
     * @param largest what a sample can be
     * @return NaN for planes under 6 samples wide or high
     */
    static double deviation(short[] a, short[] b, int width, int height, int largest) {
        double c = C * largest * largest / (C_LARGEST * C_LARGEST);
        int columns = width / 2;
        int rows = height / 2;
        if (columns < 3 || rows < 3) {
            return Double.NaN;
        }
        int[] halfA = halve(a, width, columns, rows);
        int[] halfB = halve(b, width, columns, rows);
        double sum = 0;
        double squares = 0;
        for (int y = 1; y < rows - 1; y++) {
            for (int at = y * columns + 1; at < (y + 1) * columns - 1; at++) {
                double powerA = power(halfA, at, columns);
                double powerB = power(halfB, at, columns);
                // 1 - similarity, so that little precision is lost where planes are alike.
                double unlike = 1 - (2 * Math.sqrt(powerA * powerB) + c) / (powerA + powerB + c);
                sum += unlike;
                squares += unlike * unlike;
            }
        }
        double samples = (columns - 2.0) * (rows - 2.0);
        return Math.sqrt(Math.max(0, squares / samples - sum / samples * (sum / samples)));
    }

    private static int[] halve(short[] plane, int width, int columns, int rows) {
        int[] half = new int[columns * rows];
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                int at = 2 * y * width + 2 * x;
                half[y * columns + x] = Short.toUnsignedInt(plane[at])
                        + Short.toUnsignedInt(plane[at + 1])
                        + Short.toUnsignedInt(plane[at + width])
                        + Short.toUnsignedInt(plane[at + width + 1]);
            }
        }
        return half;
    }

    /** The squared magnitude of the gradient. */
    private static double power(int[] plane, int at, int columns) {
        int above = at - columns;
        int below = at + columns;
        long across = (long) plane[above + 1]
                + plane[at + 1]
                + plane[below + 1]
                - plane[above - 1]
                - plane[at - 1]
                - plane[below - 1];
        long down = (long) plane[below - 1]
                + plane[below]
                + plane[below + 1]
                - plane[above - 1]
                - plane[above]
                - plane[above + 1];
        return (across * across + down * down) / UNITS;
    }
}
