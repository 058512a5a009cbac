package io.kinolift.kernel.interpolate;

/**
 * The sums that every output sample of a row takes, with their weights; computed once per geometry. Samples are counted
 * with their interleaved components. Arrays hold all outputs of tap 0, then all of tap 1, and so on.
 *
 * <p>Vector loops take {@code lanes} outputs at a time. Their taps lie close together when enlarging, so a block can
 * load one vector of sums at its {@code base} and permute it; {@code local} is the index from there. If a block's taps
 * spread over more than one vector (shrinking, mostly), {@code local} is null.
 */
public final class ColumnTable {
    final int inputs;
    final int outputs;
    final int taps;
    final int[] index;
    final int[] weight;
    final float[] floatWeight;
    final int[] base;
    final int[] local;

    /**
     * @param inputs samples of an input row
     * @param outputs samples of an output row
     * @param taps 2, or 4 for float weights only
     * @param index taps x outputs, each in 0..inputs-1
     * @param weight taps x outputs integer weights, or null to use only the float path
     * @param floatWeight taps x outputs
     * @param lanes lanes of the kernel that will use the table
     */
    public ColumnTable(int inputs, int outputs, int taps, int[] index, int[] weight, float[] floatWeight, int lanes) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.taps = taps;
        this.index = index;
        this.weight = weight;
        this.floatWeight = floatWeight;
        base = new int[Math.ceilDiv(outputs, lanes)];
        local = localIndex(lanes);
    }

    public boolean isExact() {
        return weight != null;
    }

    public int inputs() {
        return inputs;
    }

    public int outputs() {
        return outputs;
    }

    private int[] localIndex(int lanes) {
        int[] result = new int[index.length];
        boolean fits = true;
        for (int block = 0; block < base.length; block++) {
            int from = block * lanes;
            int to = Math.min(outputs, from + lanes);
            int lowest = Integer.MAX_VALUE;
            for (int tap = 0; tap < taps; tap++) {
                for (int o = from; o < to; o++) {
                    lowest = Math.min(lowest, index[tap * outputs + o]);
                }
            }
            base[block] = lowest;
            for (int tap = 0; tap < taps; tap++) {
                for (int o = from; o < to; o++) {
                    int distance = index[tap * outputs + o] - lowest;
                    result[tap * outputs + o] = distance;
                    fits &= distance < lanes;
                }
            }
        }
        return fits ? result : null;
    }
}
