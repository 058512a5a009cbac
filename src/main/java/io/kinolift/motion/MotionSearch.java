package io.kinolift.motion;

import io.kinolift.kernel.motion.LumaLevel;
import io.kinolift.kernel.motion.MotionKernel;
import java.util.List;

/**
 * Finds the motion between two pictures from coarse to fine. On the coarsest level every vector within the range is
 * tried; on the others those of the coarser level around a cell, those of its neighbours that are done, none at all, and
 * what is near the best of them. A second pass goes the other way round and draws every cell to the median of its
 * neighbours. Where all that moves is a pattern ({@link PatternCheck}), the search begins once more, with no motion on a
 * level that is not so coarse.
 */
final class MotionSearch {
    /** Of leaving the expected vector by a sample: quarter steps of samples, over 64 of them. */
    private static final int PRICE = 96;
    /** Half size serves as well as whole size, at a quarter of the cost: what is left is refined between the pictures. */
    private static final int FINEST = 1;

    private static final int DESCENTS = 4;
    /** The level from which on a pattern may be so fine that little of it is left. */
    private static final int COARSE = 3;
    /** How much more a block of those levels may differ that does not move: two steps of 64 samples, in quarter steps. */
    private static final int FAINT = 512;
    /**
     * Of each sample by which the coarsest level's blocks are moved into the picture: two steps. All vectors are tried
     * there, and one of those that lead far out would match by chance.
     */
    private static final int INWARD = 512;

    /** The level that does not move when the search begins once more, for a pattern alone: it finds the shortest motion. */
    private static final int LEAST = 3;

    private final MotionKernel kernel;
    private final int range;
    private final int still;

    /**
     * @param range samples that anything may move from picture to picture on each axis
     * @param still as {@link BrightnessChange#still()}
     */
    MotionSearch(MotionKernel kernel, int range, int still) {
        this.kernel = kernel;
        this.range = range;
        this.still = still;
    }

    /** The motion of what is in the first picture (time 0) or the second (time 1). */
    MotionField find(List<LumaLevel> a, List<LumaLevel> b, int time) {
        int coarsest = a.size() - 1;
        int finest = Math.min(FINEST, coarsest);
        MotionField field = find(a, b, time, null, coarsest, finest);
        int least = Math.min(LEAST, coarsest);
        if (finest < least && isPatternAlone(a, b, time, field, finest)) {
            LumaLevel start = a.get(least);
            field = find(a, b, time, MotionField.still(start.width, start.height), least - 1, finest);
        }
        for (int level = finest - 1; level >= 0; level--) {
            field = field.doubled(a.get(level).width, a.get(level).height);
        }
        return field;
    }

    private boolean isPatternAlone(List<LumaLevel> a, List<LumaLevel> b, int time, MotionField field, int level) {
        return new PatternCheck(searchOf(a, b, time, level, 0), field, Math.ceilDiv(range, 1 << level)).isAlone();
    }

    /** @param field of the level before the first, or null to begin with every vector */
    private MotionField find(
            List<LumaLevel> a, List<LumaLevel> b, int time, MotionField field, int coarsest, int finest) {
        MotionField found = field;
        for (int level = coarsest; level >= finest; level--) {
            BlockSearch search = searchOf(a, b, time, level, found == null ? INWARD : 0);
            MotionField fine = MotionField.still(a.get(level).width, a.get(level).height);
            search(search, fine, found, Math.ceilDiv(range, 1 << level));
            settle(search, fine);
            fine.median();
            found = fine;
        }
        return found;
    }

    private BlockSearch searchOf(List<LumaLevel> a, List<LumaLevel> b, int time, int level, int inward) {
        int faint = level >= COARSE ? FAINT : 0;
        return new BlockSearch(kernel, a.get(level), b.get(level), time, 1, still + faint, PRICE, inward);
    }

    private static void search(BlockSearch search, MotionField field, MotionField coarse, int range) {
        for (int row = 0; row < field.rows; row++) {
            searchRow(search, field, coarse, range, row);
        }
    }

    /** A method of its own: the JIT compiles those well that are called often. */
    private static void searchRow(BlockSearch search, MotionField field, MotionField coarse, int range, int row) {
        for (int column = 0; column < field.columns; column++) {
            int cell = row * field.columns + column;
            if (coarse == null) {
                search.begin(column, row, 0, 0);
                everywhere(search, Math.min(range, field.width()), Math.min(range, field.height()));
            } else {
                int parent = coarse.cell(column >> 1, row >> 1);
                search.begin(column, row, 2 * coarse.x[parent], 2 * coarse.y[parent]);
                int besideColumn = (column >> 1) + ((column & 1) == 0 ? -1 : 1);
                int besideRow = (row >> 1) + ((row & 1) == 0 ? -1 : 1);
                considerTwice(search, coarse, parent);
                considerTwice(search, coarse, coarse.cell(besideColumn, row >> 1));
                considerTwice(search, coarse, coarse.cell(column >> 1, besideRow));
                considerTwice(search, coarse, coarse.cell(besideColumn, besideRow));
            }
            if (column > 0) {
                considerWhole(search, field.x[cell - 1], field.y[cell - 1]);
            }
            if (row > 0) {
                int above = cell - field.columns;
                considerWhole(search, field.x[above], field.y[above]);
                int beyond = Math.min(column + 1, field.columns - 1) - column + above;
                considerWhole(search, field.x[beyond], field.y[beyond]);
            }
            search.descend(DESCENTS, range * BlockPair.STEPS);
            search.refine();
            search.keep(field, cell);
        }
    }

    private static void everywhere(BlockSearch search, int rangeX, int rangeY) {
        for (int y = -rangeY; y <= rangeY; y++) {
            for (int x = -rangeX; x <= rangeX; x++) {
                search.consider(x * BlockPair.STEPS, y * BlockPair.STEPS);
            }
        }
    }

    private static void considerTwice(BlockSearch search, MotionField coarse, int cell) {
        considerWhole(search, 2 * coarse.x[cell], 2 * coarse.y[cell]);
    }

    /** Whole samples are compared fastest. */
    private static void considerWhole(BlockSearch search, int x, int y) {
        int half = BlockPair.STEPS / 2;
        search.consider(x + half & -BlockPair.STEPS, y + half & -BlockPair.STEPS);
    }

    /** Tries the vectors of the cells around each cell, from the last cell to the first. */
    static void settle(BlockSearch search, MotionField field) {
        int[] around = new int[5];
        search.turn(true);
        for (int row = field.rows - 1; row >= 0; row--) {
            settleRow(search, field, row, around);
        }
        search.turn(false);
    }

    private static void settleRow(BlockSearch search, MotionField field, int row, int[] around) {
        int above = field.cell(0, row - 1);
        int below = field.cell(0, row + 1);
        for (int column = field.columns - 1; column >= 0; column--) {
            int cell = row * field.columns + column;
            int right = column < field.columns - 1 ? cell + 1 : cell;
            int left = column > 0 ? cell - 1 : cell;
            // The median lies among them, so the cell keeps its own vector where none would be considered.
            if (!areNext(field, cell, right)
                    || !areNext(field, cell, below + column)
                    || !areNext(field, cell, left)
                    || !areNext(field, cell, above + column)) {
                around[0] = cell;
                around[1] = right;
                around[2] = below + column;
                around[3] = left;
                around[4] = above + column;
                settle(search, field, column, row, around);
            }
        }
    }

    private static boolean areNext(MotionField field, int cell, int other) {
        return BlockSearch.areNext(field.x[other] - field.x[cell], field.y[other] - field.y[cell]);
    }

    private static void settle(BlockSearch search, MotionField field, int column, int row, int[] around) {
        int cell = around[0];
        int x = median(field.x, around);
        int y = median(field.y, around);
        search.begin(column, row, field, cell, x, y);
        search.consider(x, y);
        for (int other : around) {
            search.consider(field.x[other], field.y[other]);
        }
        // A vector that is the cell's own is as good as it gets.
        if (!search.isBest(field.x[cell], field.y[cell])) {
            search.refine();
        }
        search.keep(field, cell);
    }

    private static int median(int[] values, int[] five) {
        int a = values[five[0]];
        int b = values[five[1]];
        int c = values[five[2]];
        int d = values[five[3]];
        int e = values[five[4]];
        // The least and the greatest of four are not the median of five.
        int low = Math.max(Math.min(a, b), Math.min(c, d));
        int high = Math.min(Math.max(a, b), Math.max(c, d));
        return Math.max(Math.min(low, high), Math.min(Math.max(low, high), e));
    }
}
