package io.kinolift.upscale;

import io.kinolift.frame.Plane;
import io.kinolift.kernel.DoublingKernel;
import io.kinolift.kernel.InterpolationKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Makes rows of planes at twice the height and width. Output rows 2k - 1 and 2k lie between input rows k - 1 and k and
 * are made together. One thread at a time.
 */
final class DoubledRows implements DoublingRows {
    private final DoublingKernel kernel;
    /** For the one of two rows that belongs to another band or lies outside the picture. */
    private final MemorySegment spare;

    /** @param longestRow samples of the longest input row */
    DoubledRows(InterpolationKernel kernel, int longestRow) {
        this.kernel = new DoublingKernel(kernel);
        spare = Arena.ofAuto().allocate(4L * longestRow);
    }

    @Override
    public boolean serves(long timeDenominator) {
        return DoublingKernel.serves(timeDenominator);
    }

    @Override
    public void make(BlendedRows inputs, int denominator, Plane target, int from, int to) {
        for (int k = (from + 1) / 2; k <= to / 2; k++) {
            short[] above = inputs.row(Math.max(k - 1, 0));
            short[] below = inputs.row(Math.min(k, inputs.rows() - 1));
            make(above, below, inputs.samples(), denominator, target, 2 * k - 1, from, to);
        }
    }

    private void make(
            short[] above, short[] below, int samples, int denominator, Plane target, int upper, int from, int to) {
        MemorySegment out = target.data();
        int lower = upper + 1;
        if (upper >= from && lower < to) {
            kernel.rows(above, below, samples, denominator, out, upper * target.stride(), lower * target.stride());
            return;
        }
        kernel.rows(above, below, samples, denominator, spare, 0, 2L * samples);
        if (upper >= from) {
            MemorySegment.copy(spare, 0, out, upper * target.stride(), 2L * samples);
        } else if (lower < to) {
            MemorySegment.copy(spare, 2L * samples, out, lower * target.stride(), 2L * samples);
        }
    }
}
