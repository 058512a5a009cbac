package io.kinolift.upscale;

import io.kinolift.kernel.HighDepthDoublingKernel;
import io.kinolift.kernel.InterpolationKernel;
import java.lang.foreign.MemorySegment;

/** {@link DoublingRows} of high-depth samples, made of rows expanded in width. */
final class HighDepthDoubledRows extends DoublingRows {
    private final HighDepthDoublingKernel kernel;
    private final ExpandedRows expanded = new ExpandedRows();

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
    void begin(BlendedRows inputs) {
        int samples = inputs.samples();
        expanded.begin(inputs, 2 * samples, (sums, row) -> kernel.expand(sums, samples, row));
    }

    @Override
    short[] row(int row) {
        return expanded.row(row);
    }

    @Override
    void makeTwo(
            short[] above, short[] below, int samples, int denominator, MemorySegment out, long upper, long lower) {
        kernel.rows(above, below, 2 * samples, denominator, out, upper, lower);
    }
}
