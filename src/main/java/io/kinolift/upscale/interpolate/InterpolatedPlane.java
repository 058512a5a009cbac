package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.upscale.Band;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.OutputPart;
import io.kinolift.upscale.SampleRows;

/** A plane interpolated linearly at given centres. */
public final class InterpolatedPlane implements OutputPart {
    private final int plane;
    private final Coordinates time;
    private final PlaneGeometry geometry;
    private final InterpolatedRows rows;

    public InterpolatedPlane(InterpolationKernel kernel, int plane, Coordinates time, PlaneGeometry geometry) {
        this.plane = plane;
        this.time = time;
        this.geometry = geometry;
        rows = new InterpolatedRows(kernel, geometry.columns().inputs());
    }

    /**
     * Chroma or alpha on its own grid, at the centres of a kernel.
     *
     * @param width luma samples of an input row; {@code height} the number of its rows; {@code outputWidth} and {@code
     *     outputHeight} are those of an output
     * @param rows centres of samples that lie half-way, as {@code columns}
     */
    public static InterpolatedPlane of(
            InterpolationKernel kernel,
            PixelFormat format,
            int plane,
            int width,
            int height,
            int outputWidth,
            int outputHeight,
            Colour.ChromaLocation chroma,
            Coordinates time,
            Coordinates rows,
            Coordinates columns) {
        InterpolationKernel linear = kernel.of(SampleRows.samples(format));
        int inputs = format.planeWidth(plane, width);
        Siting siting = Siting.of(format, plane, chroma);
        Taps down = Taps.linear(
                format.planeHeight(plane, height), format.planeHeight(plane, outputHeight), rows.at(siting.rows()));
        Taps along = Taps.linear(inputs, format.planeWidth(plane, outputWidth), columns.at(siting.columns()));
        return new InterpolatedPlane(
                linear, plane, time, PlaneGeometry.of(down, along, inputs, format.components(plane), linear));
    }

    @Override
    public void upscale(long output, InputFrames inputs, Picture out, int band, int bands) {
        Band made = Band.of(plane, inputs, out, band, bands);
        rows.make(geometry, plane, TimeTaps.linear(time, 0, output, inputs), out.plane(plane), made.from(), made.to());
        rows.release();
    }
}
