package io.kinolift.motion;

/**
 * The motion of the cells of a plane: those of luma, or on a smaller plane the means of those that a cell covers.
 *
 * @param x steps of the plane's own samples
 */
record PlaneMotion(int columns, int rows, int[] x, int[] y, int[] trustFirst, int[] trustSecond, int[] unlike) {
    /** @param shiftX how often luma is as wide as the plane, as a power of two */
    static PlaneMotion of(BetweenField between, int width, int height, int shiftX, int shiftY) {
        MotionField field = between.field;
        if (shiftX == 0 && shiftY == 0) {
            return new PlaneMotion(
                    field.columns,
                    field.rows,
                    field.x,
                    field.y,
                    between.trustFirst,
                    between.trustSecond,
                    between.unlike);
        }
        int columns = Math.ceilDiv(width, MotionField.CELL);
        int rows = Math.ceilDiv(height, MotionField.CELL);
        PlaneMotion motion = new PlaneMotion(
                columns,
                rows,
                mean(field, field.x, columns, rows, shiftX, shiftY, shiftX),
                mean(field, field.y, columns, rows, shiftX, shiftY, shiftY),
                mean(field, between.trustFirst, columns, rows, shiftX, shiftY, 0),
                mean(field, between.trustSecond, columns, rows, shiftX, shiftY, 0),
                mean(field, between.unlike, columns, rows, shiftX, shiftY, 0));
        return motion;
    }

    private static int[] mean(
            MotionField field, int[] values, int columns, int rows, int shiftX, int shiftY, int scale) {
        int[] means = new int[columns * rows];
        // Of four cells, or of two that count twice.
        int shift = 2 + scale;
        int half = 1 << shift >> 1;
        for (int row = 0; row < rows; row++) {
            int top = field.cell(0, row << shiftY);
            int bottom = field.cell(0, (row << shiftY) + shiftY);
            for (int column = 0; column < columns; column++) {
                int left = Math.min(column << shiftX, field.columns - 1);
                int right = Math.min((column << shiftX) + shiftX, field.columns - 1);
                int sum = values[top + left] + values[top + right] + values[bottom + left] + values[bottom + right];
                means[row * columns + column] = (sum + half) >> shift;
            }
        }
        return means;
    }

    int cell(int column, int row) {
        return Math.max(0, Math.min(rows - 1, row)) * columns + Math.max(0, Math.min(columns - 1, column));
    }

    /** How many cells from one on, to one beyond the last, move and are trusted alike; cells beyond are as the nearest. */
    int alike(int column, int row) {
        int first = cell(column, row);
        int end = column + 1;
        while (end <= columns && isAlike(first, cell(end, row))) {
            end++;
        }
        return end - column;
    }

    private boolean isAlike(int cell, int other) {
        return x[cell] == x[other]
                && y[cell] == y[other]
                && trustFirst[cell] == trustFirst[other]
                && trustSecond[cell] == trustSecond[other]
                && unlike[cell] == unlike[other];
    }
}
