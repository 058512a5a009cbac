package io.kinolift.upscale;

import io.kinolift.frame.Plane;
import io.kinolift.kernel.EnlargingKernel;
import io.kinolift.kernel.ShortDivision;

/** Makes rows of planes from input rows expanded in width, the last two kept. One thread at a time. */
final class EnlargedRows {
    private static final int NONE = -1;

    private final short[][] expanded = new short[2][];
    private final int[] held = new int[2];

    void make(PlaneGeometry geometry, BlendedRows inputs, ShortDivision division, Plane target, int from, int to) {
        EnlargingKernel kernel = geometry.enlarging();
        for (int slot = 0; slot < 2; slot++) {
            held[slot] = NONE;
            if (expanded[slot] == null || expanded[slot].length < kernel.columns()) {
                expanded[slot] = new short[kernel.columns()];
            }
        }
        Taps rows = geometry.rows();
        for (int y = from; y < to; y++) {
            int second = rows.outputs() + y;
            kernel.blend(
                    row(kernel, inputs, rows.index()[y]), row(kernel, inputs, rows.index()[second]),
                    rows.weight()[y], rows.weight()[second], division, target.data(), y * target.stride());
        }
    }

    /** Good until the row after the next is asked for. */
    private short[] row(EnlargingKernel kernel, BlendedRows inputs, int row) {
        int slot = row & 1;
        if (held[slot] != row) {
            kernel.expand(inputs.row(row), expanded[slot]);
            held[slot] = row;
        }
        return expanded[slot];
    }
}
