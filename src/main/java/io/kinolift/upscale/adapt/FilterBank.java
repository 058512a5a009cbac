package io.kinolift.upscale.adapt;

import io.kinolift.kernel.adapt.AdaptiveTable;
import io.kinolift.upscale.convolve.ConvAxis;

/**
 * A transposed convolution of stride 2 for every one of {@link GradientClasses}: the kernel of a sample's class makes
 * the sample's four outputs.
 *
 * @param classes the classification that the kernels were made for
 * @param values (classes, {@value #KERNEL}, {@value #KERNEL}), the last index running fastest
 */
public record FilterBank(String classes, float[] values) {
    /** Taps of a kernel in height and width. */
    public static final int KERNEL = 12;

    /** Outputs per input in height and width. */
    public static final int FACTOR = 2;

    /** Every transposed convolution of the bank has this axis in height and width. */
    static final ConvAxis AXIS = new ConvAxis(KERNEL, FACTOR, (KERNEL - FACTOR) / 2, 0, 1);

    /** @throws IllegalArgumentException if the values do not fill the shape, or are for other classes */
    public FilterBank {
        if (!classes.equals(GradientClasses.NAME)) {
            throw new IllegalArgumentException(
                    "expected kernels for classes " + GradientClasses.NAME + ", found " + classes);
        }
        int count = GradientClasses.COUNT * KERNEL * KERNEL;
        if (values.length != count) {
            throw new IllegalArgumentException(
                    "expected " + count + " weights of " + GradientClasses.COUNT + " kernels, found " + values.length);
        }
    }

    /** The same weights in the order of the row loops. */
    AdaptiveTable table() {
        AdaptiveTable table = new AdaptiveTable(GradientClasses.COUNT);
        for (int i = 0; i < values.length; i++) {
            int y = i / KERNEL % KERNEL;
            int x = i % KERNEL;
            table.set(i / (KERNEL * KERNEL), place(y), place(x), phase(y) * FACTOR + phase(x), values[i]);
        }
        return table;
    }

    private static int phase(int tap) {
        return Math.floorMod(tap - AXIS.padding(), FACTOR);
    }

    /** The input of a tap, counted from the first that its phase uses: tap = phase + padding - factor * offset. */
    private static int place(int tap) {
        return GradientClasses.REACH + (phase(tap) + AXIS.padding() - tap) / FACTOR - phase(tap);
    }
}
