package io.kinolift.motion.truth;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.upscale.Pictures;
import java.util.stream.IntStream;

/** Pictures of a scene at any time: two places a sample on each axis, joined by a tent two samples wide. */
final class Truth {
    static final int WIDTH = 320;
    static final int HEIGHT = 180;

    private static final int FINE = 2;
    private static final int[] TENT = {1, 2, 1};

    private Truth() {}

    static Picture at(Scene scene, double time) {
        int columns = FINE * (WIDTH - 1) + TENT.length;
        int rows = FINE * (HEIGHT - 1) + TENT.length;
        double[][] across = new double[rows][WIDTH];
        IntStream.range(0, rows).parallel().forEach(row -> {
            double[] line = new double[columns];
            for (int column = 0; column < columns; column++) {
                line[column] = scene.luma(place(column), place(row), time);
            }
            for (int x = 0; x < WIDTH; x++) {
                for (int i = 0; i < TENT.length; i++) {
                    across[row][x] += TENT[i] * line[FINE * x + i];
                }
            }
        });
        return Pictures.of(PixelFormat.GRAY8, WIDTH, HEIGHT, (p, y, x, c) -> {
            double sum = 0;
            for (int i = 0; i < TENT.length; i++) {
                sum += TENT[i] * across[FINE * y + i][x];
            }
            return (int) Math.clamp(Math.rint(sum / (FINE * FINE * FINE * FINE)), 0, 255);
        });
    }

    private static double place(int fine) {
        return (fine - TENT.length / 2) / (double) FINE;
    }
}
