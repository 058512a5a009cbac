package io.kinolift.upscale.interpolate;

/**
 * Input rows blended in time and expanded in width. It keeps the last two, so each is made once on the way down a
 * picture.
 */
final class ExpandedRows {
    private static final int NONE = -1;

    /** Expands a row. */
    @FunctionalInterface
    interface Expansion {
        /**
         * Expands one row of sums.
         *
         * @param sums row of {@link BlendedRows}
         */
        void expand(short[] sums, short[] expanded);
    }

    private final short[][] expanded = {{}, {}};
    private final int[] held = {NONE, NONE};
    private BlendedRows inputs;
    private Expansion expansion;

    /**
     * Begins a plane.
     *
     * @param columns samples of an expanded row
     */
    void begin(BlendedRows rows, int columns, Expansion by) {
        inputs = rows;
        expansion = by;
        for (int slot = 0; slot < 2; slot++) {
            held[slot] = NONE;
            if (expanded[slot].length < columns) {
                expanded[slot] = new short[columns];
            }
        }
    }

    /** The row stays valid until the row after the next is requested. */
    short[] row(int row) {
        int slot = row & 1;
        if (held[slot] != row) {
            expansion.expand(inputs.row(row), expanded[slot]);
            held[slot] = row;
        }
        return expanded[slot];
    }
}
