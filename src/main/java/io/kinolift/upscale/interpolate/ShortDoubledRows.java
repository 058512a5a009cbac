package io.kinolift.upscale.interpolate;

import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.kernel.interpolate.ShortDoublingKernel;
import java.lang.foreign.MemorySegment;

/** {@link DoublingRows} for shorts, made from rows expanded in width. */
final class ShortDoubledRows extends DoublingRows {
    private final ShortDoublingKernel kernel;
    private final ExpandedRows expanded = new ExpandedRows();
    private BlendedRows inputs;

    /** @param longestRow samples of the longest input row */
    ShortDoubledRows(InterpolationKernel kernel, int longestRow) {
        super(2L * Short.BYTES * longestRow);
        this.kernel = new ShortDoublingKernel(kernel);
    }

    @Override
    boolean serves(long timeDenominator) {
        return ShortDoublingKernel.serves(timeDenominator);
    }

    @Override
    int timeUnits(long timeDenominator) {
        return ShortDoublingKernel.TIME_UNITS;
    }

    @Override
    void begin(BlendedRows rows, int timeUnits) {
        inputs = rows;
        int samples = inputs.samples();
        expanded.begin(inputs, 2 * samples, (sums, row) -> kernel.expand(sums, samples, row));
    }

    @Override
    void makeTwo(int below, MemorySegment out, long upper, long lower) {
        kernel.rows(
                expanded.row(inputs.within(below - 1)),
                expanded.row(inputs.within(below)),
                2 * inputs.samples(),
                out,
                upper,
                lower);
    }
}
