package io.kinolift.upscale;

import io.kinolift.kernel.DoublingKernel;
import io.kinolift.kernel.InterpolationKernel;
import java.lang.foreign.MemorySegment;

/** {@link DoublingRows} of bytes, which the kernel expands in width as it makes them. */
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
    void begin(BlendedRows rows) {
        inputs = rows;
    }

    @Override
    void makeTwo(int below, int denominator, MemorySegment out, long upper, long lower) {
        kernel.rows(
                inputs.row(inputs.within(below - 1)), inputs.row(inputs.within(below)), inputs.samples(), denominator,
                out, upper, lower);
    }
}
