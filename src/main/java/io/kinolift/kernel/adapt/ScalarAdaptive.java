package io.kinolift.kernel.adapt;

/** The definition of the result: plain loops. */
public final class ScalarAdaptive implements AdaptiveKernel {
    @Override
    public void spread(int[] row, int count, float[] to, int at) {
        for (int i = 0; i < count * AdaptiveTable.OUTPUTS; i++) {
            to[at + i] = row[i / AdaptiveTable.OUTPUTS];
        }
    }

    @Override
    public void filter(
            AdaptiveTable table,
            int[] classes,
            float[] rows,
            int[] positions,
            int count,
            float[] partial,
            float[] sums) {
        for (int x = 0; x < count; x++) {
            for (int output = 0; output < AdaptiveTable.OUTPUTS; output++) {
                int at = x * AdaptiveTable.OUTPUTS + output;
                int weight = classes[x] * AdaptiveTable.FILTER + output;
                float even = sum(table.weights, weight, rows, positions, at, 0)
                        + sum(table.weights, weight, rows, positions, at, 2);
                float odd = sum(table.weights, weight, rows, positions, at, 1)
                        + sum(table.weights, weight, rows, positions, at, 3);
                sums[at] = even + odd;
            }
        }
    }

    private static float sum(float[] weights, int weight, float[] rows, int[] positions, int at, int column) {
        float sum = 0;
        for (int row = 0; row < AdaptiveTable.ROWS; row++) {
            for (int c = column; c < AdaptiveTable.COLUMNS; c += 4) {
                int tap = (row * AdaptiveTable.COLUMNS + c) * AdaptiveTable.OUTPUTS;
                sum = Math.fma(rows[positions[row] + at + c * AdaptiveTable.OUTPUTS], weights[weight + tap], sum);
            }
        }
        return sum;
    }
}
