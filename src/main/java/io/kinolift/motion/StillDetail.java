package io.kinolift.motion;

import io.kinolift.kernel.motion.LumaLevel;
import io.kinolift.kernel.motion.MotionKernel;
import java.util.Arrays;

/**
 * What stands still while most of the picture moves: subtitles and logos over a pan. Their strokes may be thinner than a
 * block, and what moves behind them may match on both sides of a stroke as well as the stroke itself does, so they are
 * told by samples: edges that are at the same place in both pictures, and the samples around that stay the same. Edges
 * of two things that pass may meet there by chance; motion then explains the place, and finds them again in the other
 * picture. A small thing that moves fast over a still picture must not be lost, so nothing is held there.
 */
final class StillDetail {
    /** Samples over which an edge rises. */
    private static final int ACROSS = 2;
    /** Samples beside edges, among those of 3x3 cells in both pictures, that make a detail. */
    private static final int ENOUGH = 16;
    /**
     * From this unlikeness on, motion does not explain the place and every edge counts: what is behind a stroke may match on
     * both sides of it, and one stroke another.
     */
    private static final int UNEXPLAINED = Unlikeness.FULL / 2;
    /** Difference up to which a sample is found again: an edge blurs when it moves by parts of a sample. */
    private static final int FOUND = MotionKernel.EDGE / 2;

    private final int width;
    private final boolean[] held;
    /** Whether anything is held in a row. */
    private final boolean[] rows;

    private StillDetail(int width, int height) {
        this.width = width;
        held = new boolean[width * height];
        rows = new boolean[height];
    }

    /** Null where there is nothing to hold. */
    static StillDetail of(MotionKernel kernel, LumaLevel a, LumaLevel b, BetweenField between) {
        MotionField field = between.field;
        boolean across = mostlyMoves(field.x);
        boolean down = mostlyMoves(field.y);
        if (!across && !down) {
            return null;
        }
        int[] edges = edges(kernel, a, b, between, across, down);
        if (Arrays.stream(edges).noneMatch(count -> count > 0)) {
            return null;
        }
        StillDetail detail = new StillDetail(a.width, a.height);
        int[] sums = new int[field.columns + 2];
        for (int row = 0; row < field.rows; row++) {
            sumDown(field, edges, row, sums);
            for (int column = 0; column < field.columns; column++) {
                if (sums[column] + sums[column + 1] + sums[column + 2] >= ENOUGH) {
                    detail.hold(a, b, column * MotionField.CELL, row * MotionField.CELL);
                }
            }
        }
        return detail;
    }

    boolean holdsAny(int y) {
        return rows[y];
    }

    boolean holds(int x, int y) {
        return held[y * width + x];
    }

    /** By a sample at least. */
    private static boolean mostlyMoves(int[] vectors) {
        int moving = 0;
        for (int vector : vectors) {
            if (Math.abs(vector) >= BlockPair.STEPS) {
                moving++;
            }
        }
        return 2 * moving > vectors.length;
    }

    /**
     * Edge samples of each cell, counted once for each picture in which motion does not find them again. Only edges that
     * motion would move: a horizontal line looks the same however far it moves across.
     */
    private static int[] edges(
            MotionKernel kernel, LumaLevel a, LumaLevel b, BetweenField between, boolean across, boolean down) {
        MotionField field = between.field;
        int[] edges = new int[field.x.length];
        byte[] still = new byte[field.width()];
        int[] around = around(a.stride, across, down);
        for (int y = 0; y < field.height(); y++) {
            Arrays.fill(still, (byte) 0);
            kernel.countStillEdges(a.samples, b.samples, a.at(0, y), still.length, around, still);
            for (int x = 0; x < still.length; x++) {
                if (still[x] != 0) {
                    int cell = field.cell(x / MotionField.CELL, y / MotionField.CELL);
                    boolean isExplained = between.unlike[cell] < UNEXPLAINED;
                    edges[cell] += isExplained ? picturesNotFoundIn(a, b, x, y, field.x[cell], field.y[cell]) : 2;
                }
            }
        }
        return edges;
    }

    /** Where the samples are, seen from one, to which an edge rises. */
    private static int[] around(int stride, boolean across, boolean down) {
        int below = ACROSS * stride;
        if (across && down) {
            return new int[] {ACROSS, -ACROSS, below, -below};
        }
        return across ? new int[] {ACROSS, -ACROSS} : new int[] {below, -below};
    }

    /** 0, 1 or 2: the pictures whose sample has no like in the other where the vector, in whole samples, leads. */
    private static int picturesNotFoundIn(LumaLevel a, LumaLevel b, int x, int y, int vectorX, int vectorY) {
        int moveX = (vectorX + BlockPair.STEPS / 2) >> BlockPair.STEP_BITS;
        int moveY = (vectorY + BlockPair.STEPS / 2) >> BlockPair.STEP_BITS;
        if ((moveX | moveY) == 0) {
            return 2;
        }
        return (isFound(a, b, x, y, moveX, moveY) ? 0 : 1) + (isFound(b, a, x, y, -moveX, -moveY) ? 0 : 1);
    }

    /** Never outside the picture. */
    private static boolean isFound(LumaLevel from, LumaLevel to, int x, int y, int moveX, int moveY) {
        int toX = x + moveX;
        int toY = y + moveY;
        if (toX < 0 || toY < 0 || toX >= to.width || toY >= to.height) {
            return false;
        }
        return Math.abs((from.samples[from.at(x, y)] & 0xFF) - (to.samples[to.at(toX, toY)] & 0xFF)) <= FOUND;
    }

    private static boolean same(LumaLevel a, LumaLevel b, int at) {
        return Math.abs((a.samples[at] & 0xFF) - (b.samples[at] & 0xFF)) <= MotionKernel.SAME;
    }

    /** Of three rows of cells; nothing is beyond the first and the last column or row. */
    private static void sumDown(MotionField field, int[] edges, int row, int[] sums) {
        Arrays.fill(sums, 0);
        for (int y = Math.max(0, row - 1); y <= Math.min(field.rows - 1, row + 1); y++) {
            for (int x = 0; x < field.columns; x++) {
                sums[x + 1] += edges[y * field.columns + x];
            }
        }
    }

    /** Of the four samples beside one. */
    private static int sameAround(LumaLevel a, LumaLevel b, int at) {
        return (same(a, b, at - 1) ? 1 : 0)
                + (same(a, b, at + 1) ? 1 : 0)
                + (same(a, b, at - a.stride) ? 1 : 0)
                + (same(a, b, at + a.stride) ? 1 : 0);
    }

    /** Holds the samples of a cell that stay the same and do not stand alone. */
    private void hold(LumaLevel a, LumaLevel b, int left, int top) {
        for (int y = top; y < Math.min(a.height, top + MotionField.CELL); y++) {
            for (int x = left; x < Math.min(width, left + MotionField.CELL); x++) {
                int at = a.at(x, y);
                boolean holds = same(a, b, at) && sameAround(a, b, at) >= 2;
                held[y * width + x] = holds;
                rows[y] |= holds;
            }
        }
    }
}
