package io.kinolift.motion;

/**
 * How unlike two pictures are along a field, by how unlike they are without any motion. Around a cell that follows its true
 * motion little is left; where much is, a blend errs less. The sums are over 5x5 cells, because one block may match by
 * chance.
 */
final class Unlikeness {
    /** As unlike as without motion. */
    static final int FULL = 256;

    /** Cells on each side of one. */
    private static final int REACH = 2;

    private static final int CELLS = (2 * REACH + 1) * (2 * REACH + 1);
    /** Noise that counts on both sides: two steps of 64 samples, in quarter steps. */
    private static final int NOISE = 512;
    /** Cells of one value are made together. */
    private static final int UNIT = 16;

    private Unlikeness() {}

    /** Of each cell, 0 to {@link #FULL}. */
    static int[] of(BlockSearch search, MotionField field) {
        int[] along = new int[field.x.length];
        int[] still = new int[field.x.length];
        for (int row = 0; row < field.rows; row++) {
            compareRow(search, field, row, along, still);
        }
        sumAround(field, along);
        sumAround(field, still);
        for (int cell = 0; cell < along.length; cell++) {
            int part = FULL / UNIT * (along[cell] + CELLS * NOISE) / (still[cell] + CELLS * NOISE);
            along[cell] = Math.min(FULL, part * UNIT);
        }
        return along;
    }

    private static void compareRow(BlockSearch search, MotionField field, int row, int[] along, int[] still) {
        for (int column = 0; column < field.columns; column++) {
            int cell = row * field.columns + column;
            still[cell] = search.stillDifference(column, row);
            along[cell] = (field.x[cell] | field.y[cell]) == 0
                    ? still[cell]
                    : search.difference(column, row, field.x[cell], field.y[cell]);
        }
    }

    private static void sumAround(MotionField field, int[] values) {
        int columns = field.columns;
        int[] across = new int[values.length];
        for (int row = 0; row < field.rows; row++) {
            int first = row * columns;
            int sum = 0;
            for (int x = -REACH - 1; x < REACH; x++) {
                sum += values[field.cell(x, row)];
            }
            for (int column = 0; column < columns; column++) {
                int left = first + Math.max(0, column - REACH - 1);
                int right = first + Math.min(columns - 1, column + REACH);
                sum += values[right] - values[left];
                across[first + column] = sum;
            }
        }
        int[] sums = new int[columns];
        for (int y = -REACH - 1; y < REACH; y++) {
            for (int column = 0; column < columns; column++) {
                sums[column] += across[field.cell(column, y)];
            }
        }
        for (int row = 0; row < field.rows; row++) {
            int above = field.cell(0, row - REACH - 1);
            int below = field.cell(0, row + REACH);
            for (int column = 0; column < columns; column++) {
                sums[column] += across[below + column] - across[above + column];
                values[row * columns + column] = sums[column];
            }
        }
    }
}
