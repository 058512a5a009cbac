package io.kinolift.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GradientSimilarityTest {
    private static final int WIDTH = 23;
    private static final int HEIGHT = 18;

    @Test
    void isWhatItsDefinitionSays() {
        for (long seed = 1; seed < 5; seed++) {
            short[] a = noise(seed);
            short[] b = noise(seed + 10);
            assertThat(GradientSimilarity.deviation(a, b, WIDTH, HEIGHT, 255))
                    .isCloseTo(defined(half(a), half(b)), within(1e-9));
        }
    }

    @Test
    void equalPicturesDeviateByNothing_andSmallOnesHaveNoFigure() {
        assertThat(GradientSimilarity.deviation(noise(1), noise(1), WIDTH, HEIGHT, 255))
                .isZero();
        assertThat(GradientSimilarity.deviation(new short[25], new short[25], 5, 5, 255))
                .isNaN();
    }

    /** As in the paper, step by step. */
    private static double defined(double[][] a, double[][] b) {
        int rows = a.length - 2;
        int columns = a[0].length - 2;
        double[] map = new double[rows * columns];
        double mean = 0;
        for (int i = 0; i < map.length; i++) {
            double ga = gradient(a, i / columns + 1, i % columns + 1);
            double gb = gradient(b, i / columns + 1, i % columns + 1);
            map[i] = (2 * ga * gb + 170) / (ga * ga + gb * gb + 170);
            mean += map[i] / map.length;
        }
        double variance = 0;
        for (double value : map) {
            variance += (value - mean) * (value - mean) / map.length;
        }
        return Math.sqrt(variance);
    }

    private static double gradient(double[][] plane, int y, int x) {
        double across = 0;
        double down = 0;
        for (int i = -1; i <= 1; i++) {
            across += (plane[y + i][x + 1] - plane[y + i][x - 1]) / 3;
            down += (plane[y + 1][x + i] - plane[y - 1][x + i]) / 3;
        }
        return Math.hypot(across, down);
    }

    private static double[][] half(short[] plane) {
        double[][] half = new double[HEIGHT / 2][WIDTH / 2];
        for (int y = 0; y < half.length; y++) {
            for (int x = 0; x < half[y].length; x++) {
                for (int i = 0; i < 4; i++) {
                    half[y][x] += plane[(2 * y + i / 2) * WIDTH + 2 * x + i % 2] / 4.0;
                }
            }
        }
        return half;
    }

    private static short[] noise(long seed) {
        Random random = new Random(seed);
        short[] plane = new short[WIDTH * HEIGHT];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (short) random.nextInt(256);
        }
        return plane;
    }
}
