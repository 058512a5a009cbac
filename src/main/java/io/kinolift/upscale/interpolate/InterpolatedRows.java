package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Plane;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.kernel.interpolate.RowInput;
import io.kinolift.kernel.interpolate.RowScratch;
import io.kinolift.kernel.interpolate.ShortDivision;
import io.kinolift.kernel.interpolate.ShortDoublingKernel;

/** Makes rows of interpolated planes. One thread at a time. */
final class InterpolatedRows {
    private static final int MOST_SOURCES = 8;

    private final InterpolationKernel kernel;
    private final RowInput input = new RowInput(MOST_SOURCES);
    private final RowScratch scratch;
    /** Null if the kernel has no fused loops. */
    private final BlendedRows blended;
    /** Null if the kernel has no fused loops, or if samples are too large for them. */
    private final DoublingRows doubled;
    /** Null if the kernel has no fused loops, and for shorts. */
    private final DoublingRows cubic;

    private final EnlargedRows enlarged = new EnlargedRows();

    /** @param longestRow samples of the longest input row */
    InterpolatedRows(InterpolationKernel kernel, int longestRow) {
        this.kernel = kernel;
        scratch = new RowScratch(longestRow);
        blended = kernel.fuses() ? new BlendedRows(kernel, longestRow) : null;
        doubled = kernel.fuses() ? doubling(kernel, longestRow) : null;
        cubic = kernel.fuses() && kernel.samples().areBytes() ? new CubicDoubledRows(kernel, longestRow) : null;
    }

    private static DoublingRows doubling(InterpolationKernel kernel, int longestRow) {
        if (kernel.samples().areBytes()) {
            return new DoubledRows(kernel, longestRow);
        }
        return ShortDoublingKernel.serves(kernel.samples()) ? new ShortDoubledRows(kernel, longestRow) : null;
    }

    void make(PlaneGeometry geometry, int plane, TimeTaps time, Plane target, int from, int to) {
        if (blended != null && makeFused(geometry, plane, time, target, from, to)) {
            return;
        }
        long denominator = geometry.denominator() * time.denominator();
        // Chosen by the grid's denominator, not this output's: an output's path must not depend on its position.
        boolean exact = denominator > 0 && denominator <= kernel.maxDenominator();
        for (int y = from; y < to; y++) {
            input.clear(exact ? (int) denominator : 0);
            addFrame(time.earlier().plane(plane), geometry.rows(), y, time.weight(0), time, exact);
            if (time.later() != null) {
                addFrame(time.later().plane(plane), geometry.rows(), y, time.weight(1), time, exact);
            }
            if (exact) {
                kernel.exact(input, geometry.columns(), scratch, target.data(), y * target.stride());
            } else {
                kernel.float32(input, geometry.columns(), scratch, target.data(), y * target.stride());
            }
        }
    }

    private boolean makeFused(PlaneGeometry geometry, int plane, TimeTaps time, Plane target, int from, int to) {
        DoublingRows doubling = geometry.rows().taps() == 2 ? doubled : cubic;
        if (geometry.doubling() && doubling != null && doubling.serves(time.denominator())) {
            doubling.make(blended, plane, time, target, from, to);
            return true;
        }
        ShortDivision division = geometry.division(time.denominator());
        if (division == null) {
            return false;
        }
        blended.begin(plane, time, Math.toIntExact(time.denominator()));
        enlarged.make(geometry, blended, division, target, from, to);
        return true;
    }

    /** Drops the pictures, so that an idle workspace keeps none reachable. */
    void release() {
        input.release();
        if (blended != null) {
            blended.release();
        }
    }

    private void addFrame(Plane source, Taps rows, int y, long timeWeight, TimeTaps time, boolean exact) {
        for (int at = y; at < rows.index().length; at += rows.outputs()) {
            long offset = rows.index()[at] * source.stride();
            if (rows.floatWeight()[at] == 0) {
                continue;
            }
            if (exact) {
                input.add(source.data(), offset, (int) (timeWeight * rows.weight()[at]));
            } else {
                double share = (double) timeWeight / time.denominator();
                input.add(source.data(), offset, (float) (share * rows.floatWeight()[at]));
            }
        }
    }
}
