package io.kinolift.upscale.interpolate;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.interpolate.ColumnTable;
import io.kinolift.kernel.interpolate.EnlargingKernel;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.kernel.interpolate.ShortDivision;

/**
 * Rows and columns of one plane.
 *
 * @param denominator of height and width together; 0 if only float weights serve
 * @param doubling whether this is factor 2 on half-pixel centres both ways, of one component, with the same number of
 *     taps both ways
 * @param enlarging fused loops for the columns, or null
 */
public record PlaneGeometry(
        Taps rows, ColumnTable columns, long denominator, boolean doubling, EnlargingKernel enlarging) {
    public static PlaneGeometry of(
            Interpolation settings,
            PixelFormat format,
            int plane,
            int width,
            int height,
            Colour.ChromaLocation chroma,
            InterpolationKernel kernel) {
        Siting siting = Siting.of(format, plane, chroma);
        SpatialTarget target = settings.spatial();
        Taps rows = Taps.of(
                settings,
                format.planeHeight(plane, height),
                format.planeHeight(plane, target.outputHeight(height)),
                target.heightFactor(height),
                siting.rows());
        int inputs = format.planeWidth(plane, width);
        Taps columns = Taps.of(
                settings,
                inputs,
                format.planeWidth(plane, target.outputWidth(width)),
                target.widthFactor(width),
                siting.columns());
        return of(rows, columns, inputs, format.components(plane), kernel);
    }

    /**
     * The geometry of a plane with these taps.
     *
     * @param inputs positions of an input row
     */
    public static PlaneGeometry of(Taps rows, Taps columns, int inputs, int components, InterpolationKernel kernel) {
        boolean exact = rows.isExact() && columns.isExact();
        ColumnTable table = interleaved(columns, inputs, components, kernel.lanes());
        return new PlaneGeometry(
                rows,
                table,
                exact ? Math.multiplyExact(rows.denominator(), columns.denominator()) : 0,
                components == 1 && rows.taps() == columns.taps() && rows.isDoubling() && columns.isDoubling(),
                exact && kernel.fuses() ? EnlargingKernel.of(kernel, table) : null);
    }

    /** The division of the fused loops, or null if they do not serve. */
    ShortDivision division(long timeDenominator) {
        return enlarging == null || Math.max(denominator, timeDenominator) > Short.MAX_VALUE
                ? null
                : enlarging.division(denominator * timeDenominator).orElse(null);
    }

    private static ColumnTable interleaved(Taps positions, int inputs, int components, int lanes) {
        int samples = positions.outputs() * components;
        int[] index = new int[positions.taps() * samples];
        int[] weight = positions.isExact() ? new int[index.length] : null;
        float[] floatWeight = new float[index.length];
        for (int at = 0; at < index.length; at++) {
            int position = at / components;
            index[at] = positions.index()[position] * components + at % components;
            floatWeight[at] = positions.floatWeight()[position];
            if (weight != null) {
                weight[at] = positions.weight()[position];
            }
        }
        return new ColumnTable(inputs * components, samples, positions.taps(), index, weight, floatWeight, lanes);
    }
}
