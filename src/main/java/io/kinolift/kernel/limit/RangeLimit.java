package io.kinolift.kernel.limit;

import java.util.Arrays;

/**
 * Keeps outputs near the range of the inputs around them, and keeps their sum. The range is that of 3x3 inputs, widened
 * by a share of itself. If the middle input is a peak or a pit, as on a thin line, the range is also widened by a share
 * of its height: cutting there removes sharpness, and everywhere else ringing. All arithmetic is in whole numbers.
 */
public final class RangeLimit {
    /** The unit of {@code room}: the whole range of the inputs. */
    public static final int UNIT = 256;

    private final RangeKernel kernel;
    private final int inputs;
    private final int room;
    private final int largest;
    /** For each input: the range around it, and its height above or depth below its neighbours. */
    private final short[] low;

    private final short[] high;
    private final short[] peak;
    private final short[] pit;
    /** For each input: bits that are 0 if all its outputs are within the limits. */
    private final short[] touched;

    private final short[] untouched;
    /** The inputs with an output outside the limits. */
    private final int[] changed;

    /**
     * @param inputs samples of an input row
     * @param room share of the range, in {@link #UNIT}ths, by which an output may leave it, rounded to whole steps
     * @param largest largest value of a sample
     */
    public RangeLimit(RangeKernel kernel, int inputs, int room, int largest) {
        this.kernel = kernel;
        this.inputs = inputs;
        this.room = room;
        this.largest = largest;
        low = new short[inputs + RangeKernel.SLACK];
        high = new short[inputs + RangeKernel.SLACK];
        peak = new short[inputs + RangeKernel.SLACK];
        pit = new short[inputs + RangeKernel.SLACK];
        touched = new short[inputs + RangeKernel.SLACK];
        untouched = new short[inputs];
        changed = new int[inputs];
    }

    /** Drops the rows added so far. */
    public void clear() {
        Arrays.fill(low, (short) largest);
        Arrays.fill(high, (short) 0);
        Arrays.fill(peak, (short) 0);
        Arrays.fill(pit, (short) 0);
    }

    /**
     * Adds the input row nearest to the outputs, from one of the frames around them. Rows run from the sample before
     * the first to the one behind the last. So they have two more samples than there are inputs, and room for {@link
     * RangeKernel#SLACK} more.
     */
    public void add(short[] above, short[] row, short[] below) {
        kernel.add(above, row, below, low, high, peak, pit, inputs);
    }

    /** Makes the limits of outputs from the rows added. */
    public void close() {
        kernel.widenRange(low, high, peak, pit, room, largest, inputs);
    }

    /**
     * Moves samples to the nearest values that the limits allow and that keep the sum over an input's outputs, or keep
     * it as nearly as the limits allow. So pictures keep their brightness where lines are cut. All outputs of an input
     * are shifted equally before the limits hold them; a remainder of less than one step for each goes to the first
     * output that can take it.
     *
     * @param outputs by their place among the outputs of an input, row by row: the outputs of all inputs of the row,
     *     and room for {@link RangeKernel#SLACK} more
     * @return number of valid entries of {@link #changed}
     */
    public int limit(short[][] outputs) {
        Arrays.fill(touched, (short) 0);
        for (short[] output : outputs) {
            kernel.touch(output, low, high, touched, inputs);
        }
        int count = 0;
        for (int x = next(0); x < inputs; x = next(x + 1)) {
            hold(outputs, x);
            changed[count++] = x;
        }
        return count;
    }

    /** The inputs whose outputs were changed, ascending. */
    public int[] changed() {
        return changed;
    }

    /** The first touched input from this one on; a loop of the JDK skips many inputs at once. */
    private int next(int x) {
        if (x < inputs && touched[x] != 0) {
            return x;
        }
        int gap = Arrays.mismatch(touched, x, inputs, untouched, x, inputs);
        return gap < 0 ? inputs : x + gap;
    }

    private void hold(short[][] outputs, int x) {
        int least = low[x];
        int most = high[x];
        int rest = 0;
        int below = 0;
        int above = 0;
        for (short[] output : outputs) {
            int held = Math.clamp(output[x], least, most);
            rest += output[x] - held;
            below += held - least;
            above += most - held;
        }
        if (rest > above || -rest > below) {
            fill(outputs, x, rest > 0 ? most : least);
            return;
        }
        while (rest != 0) {
            // As many steps at once as cannot exceed the rest, even if all outputs take them.
            int steps = Integer.signum(rest) * Math.max(1, Math.abs(rest) / outputs.length);
            for (int i = 0; i < outputs.length && rest != 0; i++) {
                int sample = outputs[i][x];
                rest -= Math.clamp(sample + steps, least, most) - Math.clamp(sample, least, most);
                outputs[i][x] = (short) (sample + steps);
            }
        }
        for (short[] output : outputs) {
            output[x] = (short) Math.clamp(output[x], least, most);
        }
    }

    private static void fill(short[][] outputs, int x, int limit) {
        for (short[] output : outputs) {
            output[x] = (short) limit;
        }
    }
}
