package io.kinolift.pair;

import io.kinolift.frame.Picture;
import io.kinolift.frame.Plane;

/**
 * A picture as seen from afar, to tell whether its neighbour belongs to another shot: luma in 32 x 18 cells, each the
 * sum of 4 x 4 samples spread over it.
 *
 * <p>With cells a and b of two pictures, their means m and their variances v, the distance is
 * <pre>1 - (2 cov(a, b) + c) / (v(a) + v(b) + (m(a) - m(b))^2 / 16 + c),   c = 8^2</pre>
 * 0 for equal pictures, about 1 for unrelated ones, 2 for a negative. It asks whether the same shapes are in the same
 * places. A change of brightness counts a sixteenth, so a flash is no cut. A change of contrast counts where contrast
 * more than doubles. The constant c covers the effect of noise and compression on a flat picture; coarse cells forgive
 * motion. The sums are integers, of samples in steps of 8 bits, so the distance is the same on every machine.
 */
public final class SceneSignature {
    private static final int COLUMNS = 32;
    private static final int ROWS = 18;
    private static final int SAMPLES = 4;
    private static final long CELLS = COLUMNS * ROWS;
    /** A cell is a sum of samples, and variances below are multiplied by the number of cells squared. */
    private static final double UNIT = Math.pow(SAMPLES * SAMPLES * (double) CELLS, 2);

    private static final double NOISE = 8 * 8 * UNIT;
    private static final double BRIGHTNESS_SHARE = 1.0 / 16;

    private final int[] cells;
    private final long sum;
    private final long squares;

    private SceneSignature(int[] cells) {
        this.cells = cells;
        long total = 0;
        long totalSquares = 0;
        for (int cell : cells) {
            total += cell;
            totalSquares += (long) cell * cell;
        }
        this.sum = total;
        this.squares = totalSquares;
    }

    public static SceneSignature of(Picture picture) {
        Plane plane = picture.plane(0);
        int unit = picture.format().scaleFrom8Bit();
        int[] cells = new int[COLUMNS * ROWS];
        for (int y = 0; y < ROWS * SAMPLES; y++) {
            int row = position(y, plane.height(), ROWS);
            for (int x = 0; x < COLUMNS * SAMPLES; x++) {
                int at = position(x, plane.width(), COLUMNS) * plane.components();
                cells[y / SAMPLES * COLUMNS + x / SAMPLES] += luma(plane, at, row) / unit;
            }
        }
        return new SceneSignature(cells);
    }

    private static int position(int sample, int size, int cells) {
        return (int) ((2L * sample + 1) * size / (2L * cells * SAMPLES));
    }

    /** In packed RGB the green counts twice. */
    private static int luma(Plane plane, int at, int row) {
        if (plane.components() == 1) {
            return plane.sample(at, row);
        }
        return (plane.sample(at, row) + 2 * plane.sample(at + 1, row) + plane.sample(at + 2, row)) / 4;
    }

    public double distance(SceneSignature other) {
        long products = 0;
        for (int i = 0; i < cells.length; i++) {
            products += (long) cells[i] * other.cells[i];
        }
        double covariance = CELLS * products - sum * other.sum;
        double variances = CELLS * squares - sum * sum + CELLS * other.squares - other.sum * other.sum;
        double brightness = sum - other.sum;
        return 1 - (2 * covariance + NOISE) / (variances + BRIGHTNESS_SHARE * brightness * brightness + NOISE);
    }
}
