package io.kinolift.upscale;

import io.kinolift.frame.Plane;
import io.kinolift.kernel.HighDepthDoublingKernel;
import io.kinolift.kernel.InterpolationKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@link DoubledRows} of high-depth samples. Input rows are expanded in width once, and the last two are kept. */
final class HighDepthDoubledRows implements DoublingRows {
    private static final int NONE = -1;

    private final HighDepthDoublingKernel kernel;
    private final short[][] expanded;
    private final int[] held = new int[2];
    /** For the one of two rows that belongs to another band or lies outside the picture. */
    private final MemorySegment spare;

    /** @param longestRow samples of the longest input row */
    HighDepthDoubledRows(InterpolationKernel kernel, int longestRow) {
        this.kernel = new HighDepthDoublingKernel(kernel);
        expanded = new short[2][2 * longestRow];
        spare = Arena.ofAuto().allocate(2L * Short.BYTES * longestRow);
    }

    @Override
    public boolean serves(long timeDenominator) {
        return HighDepthDoublingKernel.serves(timeDenominator);
    }

    @Override
    public void make(BlendedRows inputs, int denominator, Plane target, int from, int to) {
        held[0] = NONE;
        held[1] = NONE;
        int columns = 2 * inputs.samples();
        for (int k = (from + 1) / 2; k <= to / 2; k++) {
            short[] above = row(inputs, Math.max(k - 1, 0));
            short[] below = row(inputs, Math.min(k, inputs.rows() - 1));
            int upper = 2 * k - 1;
            int lower = upper + 1;
            boolean takesUpper = upper >= from;
            boolean takesLower = lower < to;
            if (takesUpper && takesLower) {
                kernel.rows(above, below, columns, denominator, target.data(), upper * target.stride(),
                        lower * target.stride());
            } else if (takesUpper) {
                half(above, below, columns, denominator, target, upper);
            } else if (takesLower) {
                // The same arithmetic with the rows changed over.
                half(below, above, columns, denominator, target, lower);
            }
        }
    }

    /** The row that is nearer to {@code near} alone. */
    private void half(short[] near, short[] far, int columns, int denominator, Plane target, int y) {
        // Both go to one place, the wanted one last.
        kernel.rows(far, near, columns, denominator, spare, 0, 0);
        MemorySegment.copy(spare, 0, target.data(), y * target.stride(), (long) Short.BYTES * columns);
    }

    /** Good until the row after the next is asked for. */
    private short[] row(BlendedRows inputs, int row) {
        int slot = row & 1;
        if (held[slot] != row) {
            kernel.expand(inputs.row(row), inputs.samples(), expanded[slot]);
            held[slot] = row;
        }
        return expanded[slot];
    }
}
