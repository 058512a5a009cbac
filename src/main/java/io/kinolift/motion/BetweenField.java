package io.kinolift.motion;

import io.kinolift.kernel.motion.LumaLevel;
import java.util.Arrays;

/**
 * The motion of what is at a time between two pictures. What the fields of both carry there is tried, and what they
 * have at the same place; the vector is kept that leads to two blocks most alike. How far each picture can be trusted
 * follows from its own field at the place the vector leads to: what it shows there moves the same way, or it is something
 * else that covers it.
 */
final class BetweenField {
    /** Of {@link #trustFirst} and {@link #trustSecond}: full trust. */
    static final int TRUSTED = 256;

    /** Of leaving the expected vector by a sample: quarter steps of samples, over 64 of them. */
    static final int PRICE = 128;

    /** Mean trust in the better one of both pictures under which they have nothing in common. */
    private static final int UNRELATED = 56;

    private static final int SMOOTHINGS = 2;
    /** Steps by which two fields differ when trust is half. */
    private static final int HALF_TRUST = 16;

    final MotionField field;
    final int[] trustFirst;
    final int[] trustSecond;
    /** As {@link Unlikeness}. */
    final int[] unlike;

    /**
     * At numerator / denominator of the way from the first picture to the second.
     *
     * @param search at that time
     * @param a the first picture
     */
    BetweenField(
            BlockSearch search, LumaLevel a, MotionField first, MotionField second, int numerator, int denominator) {
        field = MotionField.still(a.width, a.height);
        MotionField fromFirst = first.carried(numerator, denominator, 0);
        MotionField fromSecond = second.carried(numerator, denominator, denominator);
        for (int row = 0; row < field.rows; row++) {
            searchRow(search, first, second, fromFirst, fromSecond, row);
        }
        MotionSearch.settle(search, field);
        field.median();
        for (int i = 0; i < SMOOTHINGS; i++) {
            field.smooth();
        }
        trustFirst = trust(first, numerator, denominator, a);
        trustSecond = trust(second, numerator - denominator, denominator, a);
        if (areUnrelated()) {
            Arrays.fill(field.x, 0);
            Arrays.fill(field.y, 0);
            Arrays.fill(trustFirst, TRUSTED);
            Arrays.fill(trustSecond, TRUSTED);
        }
        unlike = Unlikeness.of(search, field);
    }

    private void searchRow(
            BlockSearch search,
            MotionField first,
            MotionField second,
            MotionField fromFirst,
            MotionField fromSecond,
            int row) {
        for (int column = 0; column < field.columns; column++) {
            int cell = row * field.columns + column;
            begin(search, column, row, fromFirst, fromSecond);
            if (fromFirst.reached(cell)) {
                search.consider(fromFirst.x[cell], fromFirst.y[cell]);
            }
            if (fromSecond.reached(cell)) {
                search.consider(fromSecond.x[cell], fromSecond.y[cell]);
            }
            search.consider(first.x[cell], first.y[cell]);
            search.consider(second.x[cell], second.y[cell]);
            if (column > 0) {
                search.consider(field.x[cell - 1], field.y[cell - 1]);
            }
            if (row > 0) {
                search.consider(field.x[cell - field.columns], field.y[cell - field.columns]);
            }
            search.refine();
            search.keep(field, cell);
        }
    }

    /** Whether the two pictures have so little in common that motion is only found by chance: they are blended. */
    private boolean areUnrelated() {
        long sum = 0;
        for (int cell = 0; cell < trustFirst.length; cell++) {
            sum += Math.max(trustFirst[cell], trustSecond[cell]);
        }
        return sum < (long) UNRELATED * trustFirst.length;
    }

    /** Expects the better one of those that were carried there, or that of the cell before. */
    private void begin(BlockSearch search, int column, int row, MotionField fromFirst, MotionField fromSecond) {
        int cell = row * field.columns + column;
        MotionField better = fromFirst.difference[cell] <= fromSecond.difference[cell] ? fromFirst : fromSecond;
        if (better.reached(cell)) {
            search.begin(column, row, better.x[cell], better.y[cell]);
        } else if (column > 0) {
            search.begin(column, row, field.x[cell - 1], field.y[cell - 1]);
        } else {
            search.begin(column, row, 0, 0);
        }
    }

    private int[] trust(MotionField other, int numerator, int denominator, LumaLevel like) {
        int[] trust = new int[field.x.length];
        VectorPart part = new VectorPart(numerator, denominator);
        for (int row = 0; row < field.rows; row++) {
            trustRow(other, part, like, row, trust);
        }
        return trust;
    }

    private void trustRow(MotionField other, VectorPart part, LumaLevel like, int row, int[] trust) {
        int steps = BlockPair.STEPS;
        for (int column = 0; column < field.columns; column++) {
            int cell = row * field.columns + column;
            int moveX = field.x[cell];
            int moveY = field.y[cell];
            int x = MotionField.CELL_STEPS * column + MotionField.CELL_STEPS / 2 - part.of(moveX);
            int y = MotionField.CELL_STEPS * row + MotionField.CELL_STEPS / 2 - part.of(moveY);
            int source = other.cell(x >> MotionField.CELL_BITS, y >> MotionField.CELL_BITS);
            int apart = Math.abs(other.x[source] - moveX) + Math.abs(other.y[source] - moveY);
            int outside = Math.max(Math.max(-x, x - steps * like.width), Math.max(-y, y - steps * like.height));
            int value = apart == 0 ? TRUSTED : TRUSTED * HALF_TRUST / (HALF_TRUST + apart);
            trust[cell] = outside <= 0 ? Math.max(1, value) : Math.max(1, value * steps / (steps + outside));
        }
    }
}
