package io.kinolift.motion;

import io.kinolift.kernel.motion.LumaLevel;
import io.kinolift.kernel.motion.MotionKernel;
import java.util.Arrays;

/**
 * What stands still while most of the picture moves: subtitles and logos over a pan. Their strokes may be thinner than a
 * block, and what moves behind them may match on both sides of a stroke as well as the stroke itself does, so they are
 * told by samples: edges that are at the same place in both pictures, and the samples around that stay the same. A small
 * thing that moves fast over a still picture must not be lost, so nothing is held there.
 */
final class StillDetail {
    /** Samples over which an edge rises. */
    private static final int ACROSS = 2;
    /** Samples beside edges, among those of 3x3 cells, that make a detail. */
    private static final int ENOUGH = 8;

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
    static StillDetail of(MotionKernel kernel, LumaLevel a, LumaLevel b, MotionField field) {
        boolean across = mostlyMoves(field.x);
        boolean down = mostlyMoves(field.y);
        if (!across && !down) {
            return null;
        }
        int[] edges = edges(kernel, a, b, field, across, down);
        if (Arrays.stream(edges).noneMatch(count -> count > 0)) {
            return null;
        }
        StillDetail detail = new StillDetail(a.width, a.height);
        for (int row = 0; row < field.rows; row++) {
            for (int column = 0; column < field.columns; column++) {
                if (around(field, edges, column, row) >= ENOUGH) {
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
            if (Math.abs(vector) >= BlockSearch.STEPS) {
                moving++;
            }
        }
        return 2 * moving > vectors.length;
    }

    /** Of each cell. Only edges that motion would move: a horizontal line looks the same however far it moves across. */
    private static int[] edges(
            MotionKernel kernel, LumaLevel a, LumaLevel b, MotionField field, boolean across, boolean down) {
        int[] edges = new int[field.x.length];
        byte[] counts = new byte[field.width()];
        for (int row = 0; row < field.rows; row++) {
            Arrays.fill(counts, (byte) 0);
            for (int y = row * MotionField.CELL; y < (row + 1) * MotionField.CELL; y++) {
                kernel.countStillEdges(
                        a.samples,
                        b.samples,
                        a.at(0, y),
                        counts.length,
                        across ? ACROSS : 0,
                        down ? ACROSS * a.stride : 0,
                        counts);
            }
            for (int x = 0; x < counts.length; x++) {
                edges[row * field.columns + x / MotionField.CELL] += counts[x];
            }
        }
        return edges;
    }

    private static boolean same(LumaLevel a, LumaLevel b, int at) {
        return Math.abs((a.samples[at] & 0xFF) - (b.samples[at] & 0xFF)) <= MotionKernel.SAME;
    }

    private static int around(MotionField field, int[] edges, int column, int row) {
        int sum = 0;
        for (int y = Math.max(0, row - 1); y <= Math.min(field.rows - 1, row + 1); y++) {
            for (int x = Math.max(0, column - 1); x <= Math.min(field.columns - 1, column + 1); x++) {
                sum += edges[y * field.columns + x];
            }
        }
        return sum;
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
