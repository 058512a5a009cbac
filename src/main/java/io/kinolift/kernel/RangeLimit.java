package io.kinolift.kernel;

import java.util.Arrays;

/**
 * Keeps outputs near the range of the inputs around them, and keeps their sum. The range is that of 3x3 inputs, widened
 * by a share of itself, and where the one in the middle is a peak or a pit, as a thin line is, by a share of its height:
 * what is taken away there is sharpness, everywhere else ringing. Whole numbers throughout, in loops that the JIT turns
 * into vectors by itself: there is one implementation, and one result.
 */
public final class RangeLimit {
    /** Of which {@code room} counts: the whole range of the inputs. */
    public static final int UNIT = 256;
    /** By how many {@link #UNIT}ths of its height an output may rise above a peak. Measured: half as much blurs lines. */
    private static final int BEYOND_PEAK = 96;

    /** Of each input column: the range around, and how far the input stands out of it or lies below. */
    private final int[] low;
    private final int[] high;
    private final int[] peak;
    private final int[] pit;
    /** By column of output: the limits, and what they take from the outputs of the column. */
    private final int[] least;
    private final int[] most;
    private final int[] cut;
    /** The first output column of each input, and the end of the last one's. */
    private final int[] columns;
    private final int room;
    private final int largest;

    /**
     * @param inputs samples of an input row
     * @param outputs samples of an output row, spread evenly over the input's
     * @param room by how many {@link #UNIT}ths of the range an output may leave it, rounded to whole steps
     * @param largest what a sample can be
     */
    public RangeLimit(int inputs, int outputs, int room, int largest) {
        low = new int[inputs];
        high = new int[inputs];
        peak = new int[inputs];
        pit = new int[inputs];
        least = new int[outputs];
        most = new int[outputs];
        cut = new int[outputs];
        columns = new int[inputs + 1];
        Arrays.setAll(columns, input -> firstOutput(input, inputs, outputs));
        this.room = room;
        this.largest = largest;
    }

    /**
     * The first of the outputs whose nearest input, the later of two, is this one; of the number of inputs, the number of
     * outputs. Sample centres are at half-pixels on both axes.
     */
    public static int firstOutput(int input, int inputs, int outputs) {
        return Math.toIntExact(Math.ceilDiv(2L * outputs * input - inputs, 2L * inputs));
    }

    /** Forgets what was added. */
    public void clear() {
        Arrays.fill(low, largest);
        Arrays.fill(high, 0);
        Arrays.fill(peak, 0);
        Arrays.fill(pit, 0);
    }

    /**
     * Adds the row of input that outputs are nearest to, in one of the frames that they lie between. Rows go from the
     * sample before the first to the one behind the last, so they have two more than there are inputs.
     */
    public void add(int[] above, int[] row, int[] below) {
        for (int x = 0; x < low.length; x++) {
            int least = Math.min(above[x + 1], below[x + 1]);
            int most = Math.max(above[x + 1], below[x + 1]);
            int before = Math.min(above[x], Math.min(row[x], below[x]));
            int behind = Math.min(above[x + 2], Math.min(row[x + 2], below[x + 2]));
            low[x] = Math.min(low[x], Math.min(row[x + 1], Math.min(least, Math.min(before, behind))));
            before = Math.max(above[x], Math.max(row[x], below[x]));
            behind = Math.max(above[x + 2], Math.max(row[x + 2], below[x + 2]));
            high[x] = Math.max(high[x], Math.max(row[x + 1], Math.max(most, Math.max(before, behind))));
            // Of a line along either axis, whichever it stands out of more.
            peak[x] = Math.max(peak[x], row[x + 1] - Math.min(most, Math.max(row[x], row[x + 2])));
            pit[x] = Math.max(pit[x], Math.max(least, Math.min(row[x], row[x + 2])) - row[x + 1]);
        }
    }

    /** Makes the limits of outputs from what was added. */
    public void close() {
        for (int x = 0; x < low.length; x++) {
            int more = ((high[x] - low[x]) * room + UNIT / 2) / UNIT;
            Arrays.fill(least, columns[x], columns[x + 1], Math.max(0, low[x] - more - pit[x] * BEYOND_PEAK / UNIT));
            Arrays.fill(most, columns[x], columns[x + 1],
                    Math.min(largest, high[x] + more + peak[x] * BEYOND_PEAK / UNIT));
        }
    }

    /**
     * Moves samples to the nearest that the limits allow and that leave the sum over the outputs of an input as it is, or
     * as near to that as the limits allow: so pictures keep their brightness where lines are cut. All outputs of an input
     * are shifted by as much before the limits hold them; what is less than a step for each goes to the first that can
     * take it.
     *
     * @param rows the rows of output that belong to one row of input, {@code count} of them
     */
    public void limit(int[][] rows, int count) {
        Arrays.fill(cut, 0);
        for (int y = 0; y < count; y++) {
            addCut(rows[y]);
        }
        for (int x = 0; x < low.length; x++) {
            int rest = 0;
            for (int o = columns[x]; o < columns[x + 1]; o++) {
                rest += cut[o];
            }
            if (rest != 0) {
                shift(rows, count, columns[x], columns[x + 1], rest);
            }
        }
        for (int y = 0; y < count; y++) {
            hold(rows[y]);
        }
    }

    private void addCut(int[] row) {
        for (int o = 0; o < cut.length; o++) {
            cut[o] += row[o] - Math.max(least[o], Math.min(most[o], row[o]));
        }
    }

    private void hold(int[] row) {
        for (int o = 0; o < cut.length; o++) {
            row[o] = Math.max(least[o], Math.min(most[o], row[o]));
        }
    }

    /** Shifts the outputs of an input, columns {@code from} to {@code to}, so that the limits leave {@code rest} more. */
    private void shift(int[][] rows, int count, int from, int to, int rest) {
        int step = Integer.signum(rest);
        int left = Math.abs(rest);
        int limit = step > 0 ? most[from] : least[from];
        if (free(rows, count, from, to, limit) <= left) {
            for (int y = 0; y < count; y++) {
                Arrays.fill(rows[y], from, to, limit);
            }
            return;
        }
        while (left > 0) {
            for (int y = 0; y < count; y++) {
                for (int o = from; o < to && left > 0; o++) {
                    left -= Math.abs(held(rows[y][o] + step, o) - held(rows[y][o], o));
                    rows[y][o] += step;
                }
            }
        }
    }

    private int free(int[][] rows, int count, int from, int to, int limit) {
        int free = 0;
        for (int y = 0; y < count; y++) {
            for (int o = from; o < to; o++) {
                free += Math.abs(limit - held(rows[y][o], o));
            }
        }
        return free;
    }

    private int held(int sample, int output) {
        return Math.max(least[output], Math.min(most[output], sample));
    }
}
