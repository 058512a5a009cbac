package io.kinolift.motion;

/**
 * The motion at a time between two pictures, to be looked at: of cells of {@value #CELL}x{@value #CELL} samples of luma,
 * row by row, how far what is there at that time moves from the first picture to the second.
 *
 * @param x in steps of 1/{@value #STEPS} of a sample, to the right
 * @param y in the same steps, downwards
 * @param trusted whether at least one of the two pictures is trusted by half or more: its own field moves the same way to
 *     within about a sample. Elsewhere much of their blend is mixed in where they disagree
 * @param levelled whether the second picture was brought to the first one's brightness before motion was looked for
 */
public record MotionMap(int columns, int rows, int[] x, int[] y, boolean[] trusted, boolean levelled) {
    public static final int CELL = MotionField.CELL;
    public static final int STEPS = BlockPair.STEPS;

    static MotionMap of(BetweenField between, boolean levelled) {
        MotionField field = between.field;
        boolean[] trusted = new boolean[field.x.length];
        for (int cell = 0; cell < trusted.length; cell++) {
            int most = Math.max(between.trustFirst[cell], between.trustSecond[cell]);
            trusted[cell] = 2 * most >= BetweenField.TRUSTED;
        }
        return new MotionMap(field.columns, field.rows, field.x, field.y, trusted, levelled);
    }

    /** How far a cell moves, in samples. */
    public double length(int cell) {
        return Math.hypot(x[cell], y[cell]) / STEPS;
    }
}
