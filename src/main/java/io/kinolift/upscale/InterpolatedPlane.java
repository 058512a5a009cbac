package io.kinolift.upscale;

import io.kinolift.frame.Picture;
import io.kinolift.kernel.InterpolationKernel;

/** A plane interpolated linearly at given centres. */
final class InterpolatedPlane implements OutputPart {
    private final int plane;
    private final Coordinates time;
    private final PlaneGeometry geometry;
    private final InterpolatedRows rows;

    InterpolatedPlane(InterpolationKernel kernel, int plane, Coordinates time, PlaneGeometry geometry) {
        this.plane = plane;
        this.time = time;
        this.geometry = geometry;
        rows = new InterpolatedRows(kernel, geometry.columns().inputs());
    }

    @Override
    public void upscale(long output, InputFrames inputs, Picture out, int band, int bands) {
        int height = out.plane(plane).height();
        rows.make(
                geometry, plane, TimeTaps.linear(time, 0, output, inputs), out.plane(plane),
                OutputPart.firstRow(height, band, bands), OutputPart.firstRow(height, band + 1, bands));
        rows.release();
    }
}
