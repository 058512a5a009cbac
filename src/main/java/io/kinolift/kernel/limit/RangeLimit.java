package io.kinolift.kernel.limit;

import java.util.Arrays;

/**
 * Keeps outputs near the range of the inputs around them, and keeps their sum. The range is that of 3x3 inputs, widened
 * by a share of itself, and where the one in the middle is a peak or a pit, as a thin line is, by a share of its height:
 * what is taken away there is sharpness, everywhere else ringing. Whole numbers throughout.
 */
public final class RangeLimit {
    /** Of which {@code room} counts: the whole range of the inputs. */
    public static final int UNIT = 256;

    private final RangeKernel kernel;
    private final int inputs;
    private final int room;
    private final int largest;
    /** Of each input: the range around, and how far the input stands out of it or lies below. */
    private final short[] low;

    private final short[] high;
    private final short[] peak;
    private final short[] pit;
    /** Of each input: bits that are 0 if all its outputs are within the limits. */
    private final short[] touched;

    private final short[] untouched;
    /** The inputs that had an output outside. */
    private final int[] changed;

    /**
     * @param inputs samples of an input row
     * @param room by how many {@link #UNIT}ths of the range an output may leave it, rounded to whole steps
     * @param largest what a sample can be
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

    /** Forgets what was added. */
    public void clear() {
        Arrays.fill(low, (short) largest);
        Arrays.fill(high, (short) 0);
        Arrays.fill(peak, (short) 0);
        Arrays.fill(pit, (short) 0);
    }

    /**
     * Adds the row of input that outputs are nearest to, in one of the frames that they lie between. Rows go from the
     * sample before the first to the one behind the last, so they have two more than there are inputs, and room for
     * {@link RangeKernel#SLACK} more.
     */
    public void add(short[] above, short[] row, short[] below) {
        kernel.add(above, row, below, low, high, peak, pit, inputs);
    }

    /** Makes the limits of outputs from what was added. */
    public void close() {
        kernel.widenRange(low, high, peak, pit, room, largest, inputs);
    }

    /**
     * Moves samples to the nearest that the limits allow and that leave the sum over the outputs of an input as it is, or
     * as near to that as the limits allow: so pictures keep their brightness where lines are cut. All outputs of an input
     * are shifted by as much before the limits hold them; what is less than a step for each goes to the first that can
     * take it.
     *
     * @param outputs by their place among the outputs of an input, row by row: those of all inputs of the row, and room
     *     for {@link RangeKernel#SLACK} more
     * @return how many of {@link #changed} hold
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

    /** The first input from this one on that is touched; by a loop of the JDK's that skips many at once. */
    private int next(int x) {
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
        int step = Integer.signum(rest);
        while (rest != 0) {
            for (int i = 0; i < outputs.length && rest != 0; i++) {
                int sample = outputs[i][x];
                rest -= Math.clamp(sample + step, least, most) - Math.clamp(sample, least, most);
                outputs[i][x] = (short) (sample + step);
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
