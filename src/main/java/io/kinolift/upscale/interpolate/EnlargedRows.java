package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Plane;
import io.kinolift.kernel.interpolate.EnlargingKernel;
import io.kinolift.kernel.interpolate.ShortDivision;

/** Makes rows of planes from input rows expanded in width. One thread at a time. */
final class EnlargedRows {
    private final ExpandedRows expanded = new ExpandedRows();

    void make(PlaneGeometry geometry, BlendedRows inputs, ShortDivision division, Plane target, int from, int to) {
        EnlargingKernel kernel = geometry.enlarging();
        expanded.begin(inputs, kernel.columns(), kernel::expand);
        Taps rows = geometry.rows();
        for (int y = from; y < to; y++) {
            int second = rows.outputs() + y;
            kernel.blend(
                    expanded.row(rows.index()[y]),
                    expanded.row(rows.index()[second]),
                    rows.weight()[y],
                    rows.weight()[second],
                    division,
                    target.data(),
                    y * target.stride());
        }
    }
}
