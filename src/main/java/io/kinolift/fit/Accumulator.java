package io.kinolift.fit;

/**
 * Adds frames to {@link Statistics}. One instance is for one thread.
 *
 * <p>Products of two samples of a neighbourhood are computed once per displacement between them, not once per pair. The
 * sums of all pairs with the same displacement run over the same products, in windows that are shifted by a few
 * samples. A row therefore costs one long dot product per displacement, and the windows differ only by short ones at
 * its ends.
 */
final class Accumulator implements FrameSums {
    private final Statistics statistics;
    private final PhaseGrid grid;
    private final int reach;
    private final int offsets;
    private final long[] windows;
    private int[] outputs = new int[0];

    Accumulator(PhaseGrid grid) {
        this.grid = grid;
        statistics = new Statistics(grid);
        reach = grid.reach();
        offsets = grid.offsets();
        windows = new long[offsets];
    }

    Statistics statistics() {
        return statistics;
    }

    @Override
    public Statistics[] sums() {
        return new Statistics[] {statistics};
    }

    @Override
    public void add(IntPlane input, IntPlane output) {
        requireRoom(grid, input);
        for (int dy = 0; dy < offsets; dy++) {
            for (int dx = dy == 0 ? 0 : 1 - offsets; dx < offsets; dx++) {
                addDisplacement(input, dy, dx);
            }
        }
        outputs = outputs.length == input.width() ? outputs : new int[input.width()];
        for (int y = reach; y < input.height() - reach; y++) {
            addOutputs(input, output, y);
        }
        statistics.count += (long) (input.height() - 2 * reach) * (input.width() - 2 * reach);
        statistics.frames++;
    }

    /** @throws IllegalArgumentException if the picture is smaller than two neighbourhoods */
    static void requireRoom(PhaseGrid grid, IntPlane input) {
        int least = 2 * grid.offsets();
        if (Math.min(input.width(), input.height()) < least) {
            throw new IllegalArgumentException("expected a small picture of at least " + least + "x" + least
                    + " for kernel " + grid.kernel() + ", found " + input.width() + "x" + input.height());
        }
    }

    /** All pairs (a, b), (a + dy, b + dx), counted from the neighbourhood's corner. */
    private void addDisplacement(IntPlane input, int dy, int dx) {
        int width = input.width();
        int rows = input.height() - 2 * reach;
        int columns = width - 2 * reach;
        int firstB = Math.max(0, -dx);
        int lastB = Math.min(offsets - 1, offsets - 1 - dx);
        int jump = dy * width + dx;
        for (int y = 0; y < input.height() - dy; y++) {
            int row = y * width;
            long common =
                    dot(input.values(), row + lastB, input.values(), row + lastB + jump, columns - (lastB - firstB));
            long moved =
                    common + dot(input.values(), row + firstB, input.values(), row + firstB + jump, lastB - firstB);
            for (int b = firstB; b <= lastB; b++) {
                windows[b] = moved;
                if (b < lastB) {
                    moved -= product(input.values(), row + b, jump);
                    moved += product(input.values(), row + b + columns, jump);
                }
            }
            int lastA = Math.min(offsets - 1 - dy, y);
            for (int a = Math.max(0, y - rows + 1); a <= lastA; a++) {
                for (int b = firstB; b <= lastB; b++) {
                    int u = a * offsets + b;
                    statistics.auto[u][u + dy * offsets + dx] += windows[b];
                }
            }
        }
    }

    private static int product(int[] values, int at, int jump) {
        return values[at] * values[at + jump];
    }

    private void addOutputs(IntPlane input, IntPlane output, int y) {
        int factor = grid.factor();
        int columns = input.width() - 2 * reach;
        for (int py = 0; py < factor; py++) {
            for (int px = 0; px < factor; px++) {
                int from = (factor * y + py) * output.width() + factor * reach + px;
                for (int x = 0; x < columns; x++) {
                    outputs[x] = output.values()[from + factor * x];
                }
                int phase = py * factor + px;
                statistics.power[phase] += dot(outputs, 0, outputs, 0, columns);
                long[] cross = statistics.cross[phase];
                for (int a = grid.first(py); a <= grid.last(py); a++) {
                    for (int b = grid.first(px); b <= grid.last(px); b++) {
                        cross[(a + reach) * offsets + b + reach] +=
                                dot(outputs, 0, input.values(), (y + a) * input.width() + reach + b, columns);
                    }
                }
            }
        }
    }

    /** Fits an int up to 33,000 samples of 8 bits. */
    private static int dot(int[] a, int fromA, int[] b, int fromB, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += a[fromA + i] * b[fromB + i];
        }
        return sum;
    }
}
