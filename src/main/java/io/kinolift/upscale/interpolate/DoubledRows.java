package io.kinolift.upscale.interpolate;

import io.kinolift.kernel.interpolate.DoublingKernel;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import java.lang.foreign.MemorySegment;

/** {@link DoublingRows} for bytes; the kernel makes them and expands them in width in one step. */
final class DoubledRows extends DoublingRows {
    private final DoublingKernel kernel;
    private BlendedRows inputs;

    /** @param longestRow samples of the longest input row */
    DoubledRows(InterpolationKernel kernel, int longestRow) {
        super(2L * longestRow);
        this.kernel = new DoublingKernel(kernel);
    }

    @Override
    boolean serves(long timeDenominator) {
        return DoublingKernel.serves(timeDenominator);
    }

    @Override
    int timeUnits(long timeDenominator) {
        return DoublingKernel.TIME_UNITS;
    }

    @Override
    void begin(BlendedRows rows, int timeUnits) {
        inputs = rows;
    }

    @Override
    void makeTwo(int below, MemorySegment out, long upper, long lower) {
        kernel.rows(
                inputs.row(inputs.within(below - 1)),
                inputs.row(inputs.within(below)),
                inputs.samples(),
                out,
                upper,
                lower);
    }
}
