package io.kinolift.motion;

import io.kinolift.kernel.motion.LumaLevel;
import io.kinolift.kernel.motion.MotionKernel;

/**
 * Where the two blocks around a cell are that a vector joins: in steps, from the corner of the pictures. A cell is entered, then
 * blocks are placed along one vector after the other.
 */
final class BlockPair {
    static final int STEPS = MotionKernel.STEPS;
    /** Steps are a power of two: shifts round down, divisions need more. */
    static final int STEP_BITS = Integer.numberOfTrailingZeros(STEPS);
    /** Steps of a block before its cell: how far the blocks of the outermost cells reach out of the picture. */
    private static final int LEAD = (MotionKernel.BLOCK - MotionField.CELL) / 2 * STEPS;
    /** Nearest to the margin's edge. */
    private static final int LEAST = (2 - LumaLevel.MARGIN) * STEPS;

    private final LumaLevel level;
    private final VectorPart part;

    /** The last position that {@link #within} allows. */
    private final int mostX;

    private final int mostY;

    /** The last position of a block that counts as inside. */
    private final int insideX;

    private final int insideY;

    /** Of the cell's block, in steps. */
    private int left;

    private int top;

    // Where the blocks of the vector at hand are, in steps.
    private int ax;
    private int ay;
    private int bx;
    private int by;
    /** By how many steps they were moved into the picture. */
    private int moved;

    /**
     * Places blocks in pictures of one size.
     *
     * @param level one of the two pictures, which are of one size
     * @param part of a vector that leads to the first of them
     */
    BlockPair(LumaLevel level, VectorPart part) {
        this.level = level;
        this.part = part;
        mostX = most(level.width);
        mostY = most(level.height);
        insideX = inside(level.width);
        insideY = inside(level.height);
    }

    /** Goes to the blocks of a cell. */
    void enter(int column, int row) {
        left = column * MotionField.CELL_STEPS - LEAD;
        top = row * MotionField.CELL_STEPS - LEAD;
    }

    /** Whether the cell's block reaches out of the picture no further than those of the outermost cells. */
    boolean isCellInside() {
        return left <= insideX && top <= insideY;
    }

    /**
     * Puts two blocks where the vector leads from and to. What comes in at an edge is seen in one picture only, so a vector
     * that leads outside is judged by the nearest pair of blocks inside: they probably belong to the same thing, and an edge
     * that is repeated outside says nothing.
     */
    void place(int vectorX, int vectorY) {
        int startX = left - part.of(vectorX);
        int startY = top - part.of(vectorY);
        int moveX = inwards(startX, vectorX, insideX);
        int moveY = inwards(startY, vectorY, insideY);
        moved = Math.abs(moveX) + Math.abs(moveY);
        startX += moveX;
        startY += moveY;
        ax = clamp(startX, mostX);
        ay = clamp(startY, mostY);
        bx = clamp(startX + vectorX, mostX);
        by = clamp(startY + vectorY, mostY);
    }

    int atA() {
        return at(ax, ay);
    }

    int atB() {
        return at(bx, by);
    }

    int fractionA() {
        return fraction(ax, ay);
    }

    int fractionB() {
        return fraction(bx, by);
    }

    /** By how many steps the blocks were moved into the picture. */
    int moved() {
        return moved;
    }

    /** Where the first block of the cell's row begins. */
    int atRow() {
        return at(-LEAD, top);
    }

    /** How many of the cells that come next have their blocks inside, along the same vector. */
    int cellsThatFollowInside(boolean backwards) {
        int steps = backwards ? Math.min(ax, bx) + LEAD : insideX - Math.max(ax, bx);
        return steps >> MotionField.CELL_BITS;
    }

    private static int clamp(int position, int most) {
        return Math.max(LEAST, Math.min(most, position));
    }

    /**
     * How far both ends of a vector must move to be inside; if it is longer than the picture, one of them stays outside.
     *
     * @param last as {@link #inside}
     */
    private static int inwards(int start, int vector, int last) {
        int before = -LEAD - Math.min(start, start + vector);
        return before > 0 ? before : Math.min(0, last - Math.max(start, start + vector));
    }

    /** The last position of a block that is as much inside as those of the outermost cells. */
    private static int inside(int size) {
        return (size - MotionKernel.BLOCK) * STEPS + LEAD;
    }

    /** Holds a block, and the samples around it that interpolation needs, to the picture and its margin. */
    static int within(int position, int size) {
        return clamp(position, most(size));
    }

    /** How many blocks from a position on, each a cell further, {@link #within} leaves where they are; 1 at least. */
    static int beside(int position, int size) {
        return position < LEAST ? 1 : Math.max(1, (most(size) - position) / MotionField.CELL_STEPS + 1);
    }

    private static int most(int size) {
        return (size + LumaLevel.MARGIN - MotionKernel.BLOCK - 4) * STEPS;
    }

    private int at(int positionX, int positionY) {
        return level.at(positionX >> STEP_BITS, positionY >> STEP_BITS);
    }

    static int fraction(int positionX, int positionY) {
        return (positionY & (STEPS - 1)) * STEPS + (positionX & (STEPS - 1));
    }
}
