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
    static final int CELL_STEPS = CELL * BlockPair.STEPS;
    /** A shift by these divides by {@link #CELL_STEPS} and rounds down. */
    static final int CELL_BITS = Integer.numberOfTrailingZeros(CELL_STEPS);

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
        return Math.max(0, Math.min(rows - 1, row)) * columns + Math.max(0, Math.min(columns - 1, column));
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
        VectorPart part = new VectorPart(num - when, den);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int cell = row * columns + column;
                int atColumn = part.of(x[cell]) + CELL_STEPS * column + CELL_STEPS / 2;
                int atRow = part.of(y[cell]) + CELL_STEPS * row + CELL_STEPS / 2;
                int toColumn = atColumn >> CELL_BITS;
                int toRow = atRow >> CELL_BITS;
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

    /**
     * Sorts the three values of each column, then takes the median of the greatest least, the median middle and the least
     * greatest of three columns. Whole rows at a time, so that the JIT takes several columns at once.
     */
    private void median(int[] values) {
        int[] from = values.clone();
        int[] least = new int[columns + 2];
        int[] middle = new int[columns + 2];
        int[] greatest = new int[columns + 2];
        int[] found = new int[columns];
        for (int row = 0; row < rows; row++) {
            int above = Math.max(0, row - 1) * columns;
            int here = row * columns;
            int below = Math.min(rows - 1, row + 1) * columns;
            for (int column = 0; column < columns; column++) {
                int a = from[above + column];
                int b = from[here + column];
                int c = from[below + column];
                int low = Math.min(a, b);
                int high = Math.max(a, b);
                least[column + 1] = Math.min(low, c);
                middle[column + 1] = Math.max(low, Math.min(high, c));
                greatest[column + 1] = Math.max(high, c);
            }
            repeatEnds(least);
            repeatEnds(middle);
            repeatEnds(greatest);
            for (int column = 0; column < columns; column++) {
                int low = Math.max(least[column], Math.max(least[column + 1], least[column + 2]));
                int high = Math.min(greatest[column], Math.min(greatest[column + 1], greatest[column + 2]));
                found[column] = median3(low, median3(middle[column], middle[column + 1], middle[column + 2]), high);
            }
            System.arraycopy(found, 0, values, here, columns);
        }
    }

    /** The first and the last column once more beside them. */
    private void repeatEnds(int[] row) {
        row[0] = row[1];
        row[columns + 1] = row[columns];
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
        int[] from = values.clone();
        int[] down = new int[columns + 2];
        for (int row = 0; row < rows; row++) {
            int above = Math.max(0, row - 1) * columns;
            int here = row * columns;
            int below = Math.min(rows - 1, row + 1) * columns;
            for (int column = 0; column < columns; column++) {
                down[column + 1] = from[above + column] + 2 * from[here + column] + from[below + column];
            }
            repeatEnds(down);
            for (int column = 0; column < columns; column++) {
                values[here + column] = (down[column] + 2 * down[column + 1] + down[column + 2] + 8) >> 4;
            }
        }
    }
}
