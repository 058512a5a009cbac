package io.kinolift.quality;

/**
 * How far a plane leaves the range that the original has around each sample. People call it ringing, halos or rims. An
 * edge that is sharper or softer than the original's, or half a sample off, stays within that range. A dark line beside
 * the edge that the original lacks does not.
 */
final class Ringing {
    private Ringing() {}

    /**
     * Mean over all samples of the squared distance of {@code b} to the range of {@code a} in the 3x3 samples around;
     * samples beyond the rim count as none.
     *
     * @param a the original; rows without padding
     */
    static double squared(short[] a, short[] b, int width, int height) {
        int[] least = new int[3 * width];
        int[] most = new int[3 * width];
        spread(a, 0, width, least, most);
        double sum = 0;
        for (int y = 0; y < height; y++) {
            if (y + 1 < height) {
                spread(a, y + 1, width, least, most);
            }
            int above = Math.max(0, y - 1) % 3 * width;
            int here = y % 3 * width;
            int below = Math.min(height - 1, y + 1) % 3 * width;
            long row = 0;
            for (int x = 0; x < width; x++) {
                int low = Math.min(least[above + x], Math.min(least[here + x], least[below + x]));
                int high = Math.max(most[above + x], Math.max(most[here + x], most[below + x]));
                int sample = Short.toUnsignedInt(b[y * width + x]);
                long beyond = Math.max(0, Math.max(low - sample, sample - high));
                row += beyond * beyond;
            }
            sum += row;
        }
        return sum / ((double) width * height);
    }

    /** Writes the range of each three samples of a row into its place among three. */
    private static void spread(short[] plane, int y, int width, int[] least, int[] most) {
        int from = y * width;
        int to = y % 3 * width;
        for (int x = 0; x < width; x++) {
            int left = Short.toUnsignedInt(plane[from + Math.max(0, x - 1)]);
            int here = Short.toUnsignedInt(plane[from + x]);
            int right = Short.toUnsignedInt(plane[from + Math.min(width - 1, x + 1)]);
            least[to + x] = Math.min(left, Math.min(here, right));
            most[to + x] = Math.max(left, Math.max(here, right));
        }
    }
}
