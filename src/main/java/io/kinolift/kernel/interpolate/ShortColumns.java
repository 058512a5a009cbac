package io.kinolift.kernel.interpolate;

/**
 * A {@link ColumnTable} in blocks of 16-bit lanes. The last block ends with the row.
 *
 * @param outputs samples of an output row, at least one block
 * @param padded outputs in whole blocks
 * @param base per block, the start of its vector of sums in a row of {@link TimeBlend}
 * @param local 2 x padded indices into that vector: all of tap 0, then all of tap 1
 * @param weight 2 x padded numerators
 */
record ShortColumns(int outputs, int padded, int[] base, short[] local, short[] weight) {
    /**
     * Splits columns into blocks of one vector each.
     *
     * @return null if there is less than one block, or if a block's taps spread over more than one vector
     */
    static ShortColumns of(ColumnTable columns, int lanes) {
        if (!columns.isExact() || columns.taps != 2 || columns.outputs < lanes) {
            return null;
        }
        int blocks = Math.ceilDiv(columns.outputs, lanes);
        int padded = blocks * lanes;
        ShortColumns made = new ShortColumns(
                columns.outputs, padded, new int[blocks], new short[2 * padded], new short[2 * padded]);
        for (int block = 0; block < blocks; block++) {
            if (!made.fill(columns, block, lanes)) {
                return null;
            }
        }
        return made;
    }

    private boolean fill(ColumnTable columns, int block, int lanes) {
        int from = Math.min(block * lanes, outputs - lanes);
        int lowest = Integer.MAX_VALUE;
        for (int o = from; o < from + lanes; o++) {
            lowest = Math.min(lowest, Math.min(columns.index[o], columns.index[outputs + o]));
        }
        // Rows of sums begin with a second copy of the edge.
        base[block] = lowest + 1;
        for (int lane = 0; lane < lanes; lane++) {
            for (int tap = 0; tap < 2; tap++) {
                int at = tap * outputs + from + lane;
                int distance = columns.index[at] - lowest;
                if (distance >= lanes) {
                    return false;
                }
                local[tap * padded + block * lanes + lane] = (short) distance;
                weight[tap * padded + block * lanes + lane] = (short) columns.weight[at];
            }
        }
        return true;
    }
}
