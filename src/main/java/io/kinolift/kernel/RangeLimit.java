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

    private final int inputs;
    private final int room;
    private final int largest;
    /** By column, with the one before the first and the one behind the last: the least and most of three rows. */
    private final int[] columnLow;
    private final int[] columnHigh;
    /** Of each input: the range around, and how far the input stands out of it or lies below. */
    private final int[] low;
    private final int[] high;
    private final int[] peak;
    private final int[] pit;
    /** Of each input: what the limits take from its outputs, as a sum, and bits that are 0 if they take nothing. */
    private final int[] cut;
    private final int[] touched;
    /** The inputs that had an output outside the limits. */
    private final int[] changed;

    /**
     * @param inputs samples of an input row
     * @param room by how many {@link #UNIT}ths of the range an output may leave it, rounded to whole steps
     * @param largest what a sample can be
     */
    public RangeLimit(int inputs, int room, int largest) {
        this.inputs = inputs;
        this.room = room;
        this.largest = largest;
        columnLow = new int[inputs + 2];
        columnHigh = new int[inputs + 2];
        low = new int[inputs];
        high = new int[inputs];
        peak = new int[inputs];
        pit = new int[inputs];
        cut = new int[inputs];
        touched = new int[inputs];
        changed = new int[inputs];
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
        for (int x = 0; x < inputs + 2; x++) {
            columnLow[x] = Math.min(above[x], Math.min(row[x], below[x]));
            columnHigh[x] = Math.max(above[x], Math.max(row[x], below[x]));
        }
        for (int x = 0; x < inputs; x++) {
            low[x] = Math.min(low[x], Math.min(columnLow[x], Math.min(columnLow[x + 1], columnLow[x + 2])));
            high[x] = Math.max(high[x], Math.max(columnHigh[x], Math.max(columnHigh[x + 1], columnHigh[x + 2])));
        }
        // Of a line along either axis, whichever it stands out of more.
        for (int x = 0; x < inputs; x++) {
            int most = Math.min(Math.max(above[x + 1], below[x + 1]), Math.max(row[x], row[x + 2]));
            peak[x] = Math.max(peak[x], row[x + 1] - most);
        }
        for (int x = 0; x < inputs; x++) {
            int least = Math.max(Math.min(above[x + 1], below[x + 1]), Math.min(row[x], row[x + 2]));
            pit[x] = Math.max(pit[x], least - row[x + 1]);
        }
    }

    /** Makes the limits of outputs from what was added. */
    public void close() {
        for (int x = 0; x < inputs; x++) {
            int more = ((high[x] - low[x]) * room + UNIT / 2) / UNIT;
            low[x] = Math.max(0, low[x] - more - pit[x] * BEYOND_PEAK / UNIT);
            high[x] = Math.min(largest, high[x] + more + peak[x] * BEYOND_PEAK / UNIT);
        }
    }

    /**
     * Moves samples to the nearest that the limits allow and that leave the sum over the outputs of an input as it is, or
     * as near to that as the limits allow: so pictures keep their brightness where lines are cut. All outputs of an input
     * are shifted by as much before the limits hold them; what is less than a step for each goes to the first that can
     * take it.
     *
     * @param outputs by their place among the outputs of an input, row by row: those of all inputs of the row
     * @return how many of {@link #changed} hold
     */
    public int limit(int[][] outputs) {
        Arrays.fill(cut, 0);
        Arrays.fill(touched, 0);
        for (int[] output : outputs) {
            addCut(output);
        }
        int count = 0;
        for (int x = 0; x < inputs; x++) {
            if (touched[x] != 0) {
                hold(outputs, x);
                changed[count++] = x;
            }
        }
        return count;
    }

    /** The inputs whose outputs were changed, ascending. */
    public int[] changed() {
        return changed;
    }

    private void addCut(int[] output) {
        for (int x = 0; x < inputs; x++) {
            int over = output[x] - Math.max(low[x], Math.min(high[x], output[x]));
            cut[x] += over;
            touched[x] |= over;
        }
    }

    private void hold(int[][] outputs, int x) {
        int step = Integer.signum(cut[x]);
        int limit = step > 0 ? high[x] : low[x];
        int left = Math.abs(cut[x]);
        int free = 0;
        for (int[] output : outputs) {
            free += Math.abs(limit - held(output[x], x));
        }
        if (step != 0 && free <= left) {
            for (int[] output : outputs) {
                output[x] = limit;
            }
            return;
        }
        while (left > 0) {
            for (int i = 0; i < outputs.length && left > 0; i++) {
                left -= Math.abs(held(outputs[i][x] + step, x) - held(outputs[i][x], x));
                outputs[i][x] += step;
            }
        }
        for (int[] output : outputs) {
            output[x] = held(output[x], x);
        }
    }

    private int held(int sample, int x) {
        return Math.max(low[x], Math.min(high[x], sample));
    }
}
