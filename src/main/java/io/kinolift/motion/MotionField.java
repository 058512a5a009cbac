package io.kinolift.motion;

import java.util.Arrays;

/**
 * The motion of every cell of 4x4 samples of a picture at some time between two pictures: how far what is there moves
 * from the first picture to the second, in sixteenths of a sample.
 */
final class MotionField {
    /** Samples of a cell on each axis. */
    static final int CELL = 4;
    /** Steps of a vector in a cell. */
    static final int CELL_STEPS = CELL * BlockSearch.STEPS;

    final int columns;
    final int rows;
    final int[] x;
    final int[] y;
    /** How much the two blocks around a cell differ: quarter steps of samples, over 64 of them. */
    final int[] difference;

    private MotionField(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        x = new int[columns * rows];
        y = new int[columns * rows];
        difference = new int[columns * rows];
    }

    /** Nothing moves in a picture of this size. */
    static MotionField still(int width, int height) {
        return new MotionField(Math.ceilDiv(width, CELL), Math.ceilDiv(height, CELL));
    }

    /** Samples that the cells cover, the last one wholly. */
    int width() {
        return columns * CELL;
    }

    int height() {
        return rows * CELL;
    }

    /** The nearest cell there is. */
    int cell(int column, int row) {
        return Math.clamp(row, 0, rows - 1) * columns + Math.clamp(column, 0, columns - 1);
    }

    /** The field of a picture twice as wide and high. */
    MotionField doubled(int width, int height) {
        MotionField fine = still(width, height);
        for (int row = 0; row < fine.rows; row++) {
            for (int column = 0; column < fine.columns; column++) {
                int from = cell(column >> 1, row >> 1);
                int to = row * fine.columns + column;
                fine.x[to] = 2 * x[from];
                fine.y[to] = 2 * y[from];
                fine.difference[to] = difference[from];
            }
        }
        return fine;
    }

    /** The field at num / den of the way to the second picture, of cells that are at {@code when / den} now. */
    MotionField carried(int num, int den, int when) {
        MotionField to = new MotionField(columns, rows);
        Arrays.fill(to.difference, Integer.MAX_VALUE);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int cell = row * columns + column;
                int atColumn = BlockSearch.part(x[cell], num - when, den) + CELL_STEPS * column + CELL_STEPS / 2;
                int atRow = BlockSearch.part(y[cell], num - when, den) + CELL_STEPS * row + CELL_STEPS / 2;
                int toColumn = Math.floorDiv(atColumn, CELL_STEPS);
                int toRow = Math.floorDiv(atRow, CELL_STEPS);
                if (toColumn >= 0 && toRow >= 0 && toColumn < columns && toRow < rows) {
                    // Of several that arrive, the one that matched best.
                    int target = toRow * columns + toColumn;
                    if (difference[cell] < to.difference[target]) {
                        to.difference[target] = difference[cell];
                        to.x[target] = x[cell];
                        to.y[target] = y[cell];
                    }
                }
            }
        }
        return to;
    }

    /** Whether anything arrived when the field was {@link #carried}. */
    boolean reached(int cell) {
        return difference[cell] < Integer.MAX_VALUE;
    }

    /** The cell's 3x3 medians, of each axis by itself. */
    void median() {
        median(x);
        median(y);
    }

    private void median(int[] values) {
        int[] from = values.clone();
        int[] nine = new int[9];
        for (int row = 0; row < rows; row++) {
            int above = Math.max(0, row - 1) * columns;
            int here = row * columns;
            int below = Math.min(rows - 1, row + 1) * columns;
            for (int column = 0; column < columns; column++) {
                int left = Math.max(0, column - 1);
                int right = Math.min(columns - 1, column + 1);
                nine[0] = from[above + left];
                nine[1] = from[above + column];
                nine[2] = from[above + right];
                nine[3] = from[here + left];
                nine[4] = from[here + column];
                nine[5] = from[here + right];
                nine[6] = from[below + left];
                nine[7] = from[below + column];
                nine[8] = from[below + right];
                values[here + column] = median9(nine);
            }
        }
    }

    /** Sorts each row of three, and takes the median of the greatest least, the median middle, the least greatest. */
    private static int median9(int[] v) {
        int least = Integer.MIN_VALUE;
        int greatest = Integer.MAX_VALUE;
        for (int i = 0; i < 9; i += 3) {
            least = Math.max(least, Math.min(v[i], Math.min(v[i + 1], v[i + 2])));
            greatest = Math.min(greatest, Math.max(v[i], Math.max(v[i + 1], v[i + 2])));
        }
        int middle = median3(median3(v[0], v[1], v[2]), median3(v[3], v[4], v[5]), median3(v[6], v[7], v[8]));
        return median3(least, middle, greatest);
    }

    private static int median3(int a, int b, int c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /** Weights 1, 2, 1 on both axes. */
    void smooth() {
        smooth(x);
        smooth(y);
    }

    private void smooth(int[] values) {
        int[] across = new int[values.length];
        for (int row = 0; row < rows; row++) {
            int first = row * columns;
            for (int column = 0; column < columns; column++) {
                int left = values[first + Math.max(0, column - 1)];
                int right = values[first + Math.min(columns - 1, column + 1)];
                across[first + column] = left + 2 * values[first + column] + right;
            }
        }
        for (int row = 0; row < rows; row++) {
            int above = Math.max(0, row - 1) * columns;
            int here = row * columns;
            int below = Math.min(rows - 1, row + 1) * columns;
            for (int column = 0; column < columns; column++) {
                values[here + column] =
                        (across[above + column] + 2 * across[here + column] + across[below + column] + 8) >> 4;
            }
        }
    }
}
