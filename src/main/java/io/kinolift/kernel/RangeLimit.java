package io.kinolift.kernel;

import java.util.Arrays;

/**
 * Keeps a row of outputs within the range that the inputs around them have, widened by a share of that range. Whole
 * numbers throughout, in loops that the JIT turns into vectors by itself: there is one implementation, and one result.
 */
public final class RangeLimit {
    /** Of which {@code room} counts: the whole range of the inputs. */
    public static final int UNIT = 256;

    /** Of each input column; then, by column of output, the limits. */
    private final int[] low;
    private final int[] high;
    private final int[] least;
    private final int[] most;
    private final int[] columns;
    /** What was taken from each output, between two zeros. */
    private final int[] cut;
    private final int room;
    private final int largest;

    /**
     * @param inputs samples of an input row
     * @param outputs samples of an output row, spread evenly over the input's
     * @param room by how many {@link #UNIT}ths of the range an output may leave it
     * @param largest what a sample can be
     */
    public RangeLimit(int inputs, int outputs, int room, int largest) {
        low = new int[inputs];
        high = new int[inputs];
        least = new int[outputs];
        most = new int[outputs];
        columns = new int[outputs];
        cut = new int[outputs + 2];
        Arrays.setAll(columns, output -> nearest(output, inputs, outputs));
        this.room = room;
        this.largest = largest;
    }

    /** The input whose centre is nearest to an output's, the later of two; sample centres at half-pixels on both axes. */
    public static int nearest(int output, int inputs, int outputs) {
        return (int) ((2L * output + 1) * inputs / (2L * outputs));
    }

    /** Forgets what was added. */
    public void clear() {
        Arrays.fill(low, largest);
        Arrays.fill(high, 0);
    }

    /** Adds an input row. @param row from the sample before the first to the one behind the last, so two more than inputs */
    public void add(int[] row) {
        for (int x = 0; x < low.length; x++) {
            low[x] = Math.min(low[x], Math.min(row[x], Math.min(row[x + 1], row[x + 2])));
            high[x] = Math.max(high[x], Math.max(row[x], Math.max(row[x + 1], row[x + 2])));
        }
    }

    /** Makes the limits of output rows from what was added. */
    public void close() {
        for (int x = 0; x < low.length; x++) {
            int more = (high[x] - low[x]) * room / UNIT;
            low[x] = Math.max(0, low[x] - more);
            high[x] = Math.min(largest, high[x] + more);
        }
        for (int o = 0; o < columns.length; o++) {
            least[o] = low[columns[o]];
            most[o] = high[columns[o]];
        }
    }

    /**
     * Moves the samples of an output row to the nearest that the limits allow. What that takes from one is given to its
     * two neighbours in the row, as far as their limits allow, so that pictures lose less of their brightness where lines
     * are cut.
     */
    public void limit(int[] row) {
        for (int o = 0; o < columns.length; o++) {
            int held = Math.max(least[o], Math.min(most[o], row[o]));
            cut[o + 1] = row[o] - held;
            row[o] = held;
        }
        for (int o = 0; o < columns.length; o++) {
            row[o] = Math.max(least[o], Math.min(most[o], row[o] + (cut[o] + cut[o + 2]) / 2));
        }
    }
}
