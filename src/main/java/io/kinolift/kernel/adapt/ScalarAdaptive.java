package io.kinolift.kernel.adapt;

/** The definition of the result: plain loops. */
public final class ScalarAdaptive implements AdaptiveKernel {
    @Override
    public void join(float[] upper, float[] lower, int count, float[] to, int at) {
        for (int x = 0; x < count; x++) {
            to[at + 2 * x] = upper[x];
            to[at + 2 * x + 1] = lower[x];
        }
    }

    @Override
    public void filter(
            AdaptiveTable table,
            int[] classes,
            float[] rows,
            int[] positions,
            int count,
            float[] upper,
            float[] lower) {
        for (int x = 0; x < count; x++) {
            int weight = classes[x] * AdaptiveTable.FILTER;
            for (int column = 0; column < 2; column++) {
                int at = 2 * (x + column);
                upper[2 * x + column] = output(table.weights, weight + column, rows, positions, at);
                lower[2 * x + column] = output(table.weights, weight + column + 2, rows, positions, at + 1);
            }
        }
    }

    private static float output(float[] weights, int weight, float[] rows, int[] positions, int at) {
        float even = sum(weights, weight, rows, positions, at, 0) + sum(weights, weight, rows, positions, at, 2);
        float odd = sum(weights, weight, rows, positions, at, 1) + sum(weights, weight, rows, positions, at, 3);
        return even + odd;
    }

    private static float sum(float[] weights, int weight, float[] rows, int[] positions, int at, int column) {
        float sum = 0;
        for (int row = 0; row < AdaptiveTable.TAPS; row++) {
            for (int c = column; c < AdaptiveTable.TAPS; c += 4) {
                sum = Math.fma(
                        rows[positions[row] + at + 2 * c],
                        weights[weight + row * AdaptiveTable.ROW + c * AdaptiveTable.OUTPUTS],
                        sum);
            }
        }
        return sum;
    }
}
