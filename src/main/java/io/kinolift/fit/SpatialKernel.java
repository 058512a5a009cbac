package io.kinolift.fit;

import java.util.Arrays;

/**
 * A kernel applied to a whole plane with repeated edges, in double: what {@code conv-transpose3d} with
 * {@code --border edge} does to luma, to within rounding.
 */
final class SpatialKernel {
    private final PhaseGrid grid;
    private final double[] kernel;

    SpatialKernel(PhaseGrid grid, double[] kernel) {
        this.grid = grid;
        this.kernel = kernel;
    }

    /** @return a plane {@code factor} times as wide and high, rounded half up and clamped */
    Samples apply(Samples input) {
        double[] sums = new double[input.values().length * grid.factor() * grid.factor()];
        add(input, sums);
        return Samples.rounded(sums, input.width() * grid.factor(), input.height() * grid.factor());
    }

    /** Adds to the samples of a plane {@code factor} times as wide and high. A kernel of zeros costs nothing. */
    void add(Samples input, double[] output) {
        int factor = grid.factor();
        if (Arrays.stream(kernel).allMatch(weight -> weight == 0)) {
            return;
        }
        double[] sums = new double[input.width()];
        int[] row = new int[input.width() + 2 * grid.reach()];
        for (int y = 0; y < input.height() * factor; y++) {
            for (int px = 0; px < factor; px++) {
                Arrays.fill(sums, 0);
                for (int a = grid.first(y % factor); a <= grid.last(y % factor); a++) {
                    extend(input, Math.clamp(y / factor + a, 0, input.height() - 1), row);
                    int taps = grid.tap(y % factor, a) * grid.kernel();
                    for (int b = grid.first(px); b <= grid.last(px); b++) {
                        add(sums, kernel[taps + grid.tap(px, b)], row, b + grid.reach());
                    }
                }
                int at = y * input.width() * factor + px;
                for (int x = 0; x < sums.length; x++) {
                    output[at + x * factor] += sums[x];
                }
            }
        }
    }

    private void extend(Samples input, int y, int[] row) {
        int width = input.width();
        System.arraycopy(input.values(), y * width, row, grid.reach(), width);
        Arrays.fill(row, 0, grid.reach(), row[grid.reach()]);
        Arrays.fill(row, grid.reach() + width, row.length, row[grid.reach() + width - 1]);
    }

    private static void add(double[] sums, double weight, int[] row, int from) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += weight * row[from + x];
        }
    }
}
