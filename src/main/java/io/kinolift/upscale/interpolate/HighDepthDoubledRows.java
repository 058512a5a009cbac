package io.kinolift.upscale.interpolate;

import io.kinolift.kernel.interpolate.HighDepthDoublingKernel;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import java.lang.foreign.MemorySegment;

/** {@link DoublingRows} of high-depth samples, made of rows expanded in width. */
final class HighDepthDoubledRows extends DoublingRows {
    private final HighDepthDoublingKernel kernel;
    private final ExpandedRows expanded = new ExpandedRows();
    private BlendedRows inputs;

    /** @param longestRow samples of the longest input row */
    HighDepthDoubledRows(InterpolationKernel kernel, int longestRow) {
        super(2L * Short.BYTES * longestRow);
        this.kernel = new HighDepthDoublingKernel(kernel);
    }

    @Override
    boolean serves(long timeDenominator) {
        return HighDepthDoublingKernel.serves(timeDenominator);
    }

    @Override
    int timeUnits(long timeDenominator) {
        return HighDepthDoublingKernel.TIME_UNITS;
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
