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
            for (int column = 0; column < field.columns; column++) {
                int cell = row * field.columns + column;
                search.begin(column, row, 0, 0);
                still[cell] = search.difference();
                along[cell] = (field.x[cell] | field.y[cell]) == 0
                        ? still[cell]
                        : search.difference(column, row, field.x[cell], field.y[cell]);
            }
        }
        sumAround(field, along);
        sumAround(field, still);
        for (int cell = 0; cell < along.length; cell++) {
            int part = FULL / UNIT * (along[cell] + CELLS * NOISE) / (still[cell] + CELLS * NOISE);
            along[cell] = Math.min(FULL, part * UNIT);
        }
        return along;
    }

    private static void sumAround(MotionField field, int[] values) {
        int[] across = new int[values.length];
        for (int row = 0; row < field.rows; row++) {
            for (int column = 0; column < field.columns; column++) {
                for (int x = column - REACH; x <= column + REACH; x++) {
                    across[row * field.columns + column] += values[field.cell(x, row)];
                }
            }
        }
        for (int row = 0; row < field.rows; row++) {
            for (int column = 0; column < field.columns; column++) {
                int sum = 0;
                for (int y = row - REACH; y <= row + REACH; y++) {
                    sum += across[field.cell(column, y)];
                }
                values[row * field.columns + column] = sum;
            }
        }
    }
}
