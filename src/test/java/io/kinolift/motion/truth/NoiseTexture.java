package io.kinolift.motion.truth;

import java.util.Random;

/**
 * Brightness at every place of a plane: noise of a few widths, smooth enough to be sampled without aliasing, and patches
 * with edges about as sharp as those of a good lens. The same numbers for a seed on every machine; it repeats after 256
 * lattice steps, that is 512 samples at the finest.
 */
final class NoiseTexture implements Texture {
    private static final int LATTICE = 256;
    private static final double MIDDLE = 125;
    /** Of the noise that patches follow: it makes their edges about two samples wide. */
    private static final double STEEP = 80;

    private final double[] fine;
    private final double[] medium;
    private final double[] coarse;
    private final double[] smallPatches;
    private final double[] largePatches;

    NoiseTexture(long seed) {
        Random random = new Random(seed);
        fine = lattice(random);
        medium = lattice(random);
        coarse = lattice(random);
        smallPatches = lattice(random);
        largePatches = lattice(random);
    }

    private static double[] lattice(Random random) {
        return random.doubles((long) LATTICE * LATTICE, -1, 1).toArray();
    }

    @Override
    public double at(double x, double y) {
        return MIDDLE
                + 40 * noise(fine, x / 2, y / 2)
                + 70 * noise(medium, x / 5, y / 5)
                + 80 * noise(coarse, x / 17, y / 17)
                + 12 * Math.clamp(STEEP / 3 * noise(smallPatches, x / 12, y / 12), -1, 1)
                + 26 * Math.clamp(STEEP * noise(largePatches, x / 37, y / 37), -1, 1);
    }

    /** Lattice values under cubic B-splines, which leave almost nothing above 0.75 cycles a lattice step. */
    private static double noise(double[] lattice, double x, double y) {
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        double fx = x - column;
        double fy = y - row;
        return weight0(fy) * row(lattice, row - 1, column, fx)
                + weight1(fy) * row(lattice, row, column, fx)
                + weight1(1 - fy) * row(lattice, row + 1, column, fx)
                + weight0(1 - fy) * row(lattice, row + 2, column, fx);
    }

    private static double row(double[] lattice, int row, int column, double f) {
        int start = (row & LATTICE - 1) * LATTICE;
        return weight0(f) * lattice[start + (column - 1 & LATTICE - 1)]
                + weight1(f) * lattice[start + (column & LATTICE - 1)]
                + weight1(1 - f) * lattice[start + (column + 1 & LATTICE - 1)]
                + weight0(1 - f) * lattice[start + (column + 2 & LATTICE - 1)];
    }

    private static double weight0(double f) {
        double g = 1 - f;
        return g * g * g / 6;
    }

    private static double weight1(double f) {
        return (4 - 6 * f * f + 3 * f * f * f) / 6;
    }
}
