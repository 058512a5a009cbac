package io.kinolift.motion;

import io.kinolift.kernel.motion.LumaLevel;
import io.kinolift.kernel.motion.MotionKernel;
import io.kinolift.kernel.motion.SlopeSums;

/**
 * Finds the motion of one cell after the other at a time between two pictures: of the vectors that are tried, the one
 * along which the two blocks around the cell are most alike, with a price on leaving the vector that is expected. The
 * price keeps blocks that look alike everywhere from going their own ways.
 */
final class BlockSearch {
    /**
     * By how much better than not moving a block has to match: quarter steps of samples, over 64 of them. What does not
     * move must not tremble.
     */
    private static final int STILL = 32;
    /** Samples from the expected vector; beyond them the price does not rise. */
    private static final int DEAREST = 64;
    /** Difference under which a vector is good enough: finer ones took longer and made no better pictures. */
    private static final int ALIKE = 1500;
    /** Steps. */
    private static final int NEXT = 4;
    /** Squared slopes as if every block had a little texture in each direction: flat ones stay where they are. */
    private static final double DAMPING = 4096;

    private final MotionKernel kernel;
    private final LumaLevel a;
    private final LumaLevel b;
    private final BlockPair blocks;
    private final int still;
    /** Of leaving the expected vector by one sample. */
    private final int price;
    /** Of every sample by which blocks are moved into the picture. */
    private final int inward;

    private final SlopeSums sums = new SlopeSums();
    /** Of blocks that do not move, in the row of cells at hand. */
    private final int[] stillDifferences;

    private final RecentDifferences recent = new RecentDifferences();
    private final short[] room;
    private int stillRow = -1;

    private boolean backwards;
    private int column;
    private int row;
    /** Its place in the field. */
    private int cell;

    private int expectedX;
    private int expectedY;
    private int x;
    private int y;
    private int difference;
    private int cost;

    /**
     * At the time numerator / denominator of the way from a to b.
     *
     * @param still how much more a block may differ that does not move
     * @param price of leaving the expected vector by one sample
     * @param inward price of every sample by which blocks are moved into the picture
     */
    BlockSearch(
            MotionKernel kernel,
            LumaLevel a,
            LumaLevel b,
            int numerator,
            int denominator,
            int still,
            int price,
            int inward) {
        this.kernel = kernel;
        this.a = a;
        this.b = b;
        blocks = new BlockPair(a, new VectorPart(numerator, denominator));
        this.still = STILL + still;
        this.price = price;
        this.inward = inward;
        stillDifferences = new int[Math.ceilDiv(a.width, MotionField.CELL)];
        room = new short[MotionKernel.room(stillDifferences.length)];
    }

    /** Begins a cell with no motion, and expects a vector. */
    void begin(int column, int row, int towardsX, int towardsY) {
        enter(column, row, towardsX, towardsY);
        x = 0;
        y = 0;
        difference = stillDifference();
        cost = difference + price(0, 0);
    }

    /** Of a cell, without motion. */
    int stillDifference(int column, int row) {
        enter(column, row, 0, 0);
        return stillDifference();
    }

    /** Those of a row of cells are found together, which is much faster. */
    private int stillDifference() {
        if (!blocks.isCellInside()) {
            return difference(0, 0);
        }
        if (row != stillRow) {
            int at = blocks.atRow();
            kernel.differences(
                    a.samples, at, 0, b.samples, at, 0, a.stride, stillDifferences.length, room, stillDifferences, 0);
            stillRow = row;
        }
        return stillDifferences[column];
    }

    /** Begins a cell with what a field has found, and expects another vector. */
    void begin(int column, int row, MotionField field, int cell, int towardsX, int towardsY) {
        enter(column, row, towardsX, towardsY);
        x = field.x[cell];
        y = field.y[cell];
        difference = field.difference[cell];
        cost = difference + price(x, y);
    }

    private void enter(int column, int row, int towardsX, int towardsY) {
        this.column = column;
        this.row = row;
        cell = row * stillDifferences.length + column;
        blocks.enter(column, row);
        expectedX = towardsX;
        expectedY = towardsY;
    }

    /** Tries a vector, unless it is next to the best one: that is for {@link #refine} to find. */
    void consider(int vectorX, int vectorY) {
        if (!areNext(vectorX - x, vectorY - y)) {
            take(vectorX, vectorY);
        }
    }

    /** Whether vectors that differ by this are so near that {@link #consider} leaves them to {@link #refine}. */
    static boolean areNext(int x, int y) {
        return Math.abs(x) <= NEXT && Math.abs(y) <= NEXT;
    }

    private void take(int vectorX, int vectorY) {
        int extra = price(vectorX, vectorY);
        if (extra >= cost) {
            return;
        }
        int found = difference(vectorX, vectorY);
        if (found + extra < cost) {
            cost = found + extra;
            difference = found;
            x = vectorX;
            y = vectorY;
        }
    }

    private int price(int vectorX, int vectorY) {
        int away = Math.abs(vectorX - expectedX) + Math.abs(vectorY - expectedY);
        int dear = (price * Math.min(away, DEAREST * BlockPair.STEPS)) >> BlockPair.STEP_BITS;
        return (vectorX | vectorY) == 0 ? dear - still : dear;
    }

    private int difference(int vectorX, int vectorY) {
        int slot = RecentDifferences.slot(vectorX, vectorY);
        boolean cameBefore = recent.isOf(slot, vectorX, vectorY);
        return cameBefore && recent.has(slot, cell)
                ? recent.get(slot, cell)
                : compare(slot, cameBefore, vectorX, vectorY);
    }

    /**
     * Compares the cell's blocks, and where the vector came before also those of the cells that come next, as far as they
     * are inside: together they cost little more.
     */
    private int compare(int slot, boolean cameBefore, int vectorX, int vectorY) {
        blocks.place(vectorX, vectorY);
        int fractionA = blocks.fractionA();
        int fractionB = blocks.fractionB();
        int atA = blocks.atA();
        int atB = blocks.atB();
        int moved = blocks.moved();
        if (!cameBefore || moved != 0) {
            int found = kernel.difference(a.samples, atA, fractionA, b.samples, atB, fractionB, a.stride);
            found += inward * moved / BlockPair.STEPS;
            recent.put(slot, vectorX, vectorY, cell, 1);
            recent.values()[RecentDifferences.at(slot)] = found;
            return found;
        }
        int more = Math.min(blocks.cellsThatFollowInside(backwards), kernel.together((fractionA | fractionB) == 0) - 1);
        int before = backwards ? more : 0;
        recent.put(slot, vectorX, vectorY, cell - before, 1 + more);
        kernel.differences(
                a.samples,
                atA - before * MotionField.CELL,
                fractionA,
                b.samples,
                atB - before * MotionField.CELL,
                fractionB,
                a.stride,
                1 + more,
                room,
                recent.values(),
                RecentDifferences.at(slot));
        return recent.get(slot, cell);
    }

    /** Whether cells come from right to left. */
    void turn(boolean backwards) {
        this.backwards = backwards;
    }

    /** Moves by whole samples for as long as that helps, at most {@code rounds} times. */
    void descend(int rounds, int limit) {
        for (int round = 0; round < rounds; round++) {
            int fromX = x;
            int fromY = y;
            if (Math.abs(fromX) < limit) {
                consider(fromX - BlockPair.STEPS, fromY);
                consider(fromX + BlockPair.STEPS, fromY);
            }
            if (Math.abs(fromY) < limit) {
                consider(fromX, fromY - BlockPair.STEPS);
                consider(fromX, fromY + BlockPair.STEPS);
            }
            if (x == fromX && y == fromY) {
                return;
            }
        }
    }

    /** Tries the vector at which the difference of the blocks, taken as linear, is least. */
    void refine() {
        if (difference < ALIKE) {
            return;
        }
        blocks.place(x, y);
        kernel.slopes(
                a.samples,
                blocks.atA(),
                blocks.fractionA(),
                b.samples,
                blocks.atB(),
                blocks.fractionB(),
                a.stride,
                sums);
        double xx = sums.xx + DAMPING;
        double xy = sums.xy;
        double yy = sums.yy + DAMPING;
        double steps = 4.0 * BlockPair.STEPS / (xx * yy - xy * xy);
        int moveX =
                (int) Math.clamp(Math.rint((xy * sums.yd - yy * sums.xd) * steps), -BlockPair.STEPS, BlockPair.STEPS);
        int moveY =
                (int) Math.clamp(Math.rint((xy * sums.xd - xx * sums.yd) * steps), -BlockPair.STEPS, BlockPair.STEPS);
        if ((moveX | moveY) != 0) {
            take(x + moveX, y + moveY);
        }
    }

    /** The best vector. */
    int x() {
        return x;
    }

    int y() {
        return y;
    }

    /** Along the best vector. */
    int difference() {
        return difference;
    }

    /** Of a cell, along any vector; no other one may be at hand. */
    int difference(int column, int row, int vectorX, int vectorY) {
        enter(column, row, 0, 0);
        return difference(vectorX, vectorY);
    }

    /** Whether that is the best vector. */
    boolean isBest(int vectorX, int vectorY) {
        return x == vectorX && y == vectorY;
    }

    void keep(MotionField field, int cell) {
        field.x[cell] = x;
        field.y[cell] = y;
        field.difference[cell] = difference;
    }
}
