package io.kinolift.upscale.colour;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Role;
import io.kinolift.kernel.colour.RgbCoefficients;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.upscale.RowSource;
import io.kinolift.upscale.SampleRows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Rows of red, green and blue from planes of luma and chroma; chroma is brought to luma's size bilinearly. */
public final class RgbSource implements RowSource {
    private final ConvTransposeKernel kernel;
    private final RgbCoefficients coefficients;
    /** The places of both chroma components, or none. */
    private final List<PixelFormat.Place> chromaPlaces;

    private final boolean halvedRows;
    private final boolean halvedColumns;
    private final float[] luma;
    private final float[][] chroma;
    private final float[] near;
    private final float[] far;

    public RgbSource(ConvTransposeKernel kernel, RgbMatrix matrix, PixelFormat format, int width) {
        this.kernel = kernel;
        coefficients = matrix.coefficients(format);
        chromaPlaces = Stream.of(Role.CB, Role.CR)
                .flatMap(role -> format.find(role).stream())
                .toList();
        halvedRows = format.rowsPerChroma() == 2;
        halvedColumns = format.columnsPerChroma() == 2;
        luma = new float[width];
        // An odd width has half a chroma sample too many.
        chroma = new float[2][width + 1];
        near = new float[width];
        far = new float[width];
        for (float[] row : chroma) {
            Arrays.fill(row, coefficients.neutral());
        }
    }

    @Override
    public void read(Picture picture, int y, float[] rows, int at, int channelStride) {
        Plane plane = picture.plane(0);
        SampleRows.read(kernel, plane, 0, y, luma, 0);
        for (int c = 0; c < chromaPlaces.size(); c++) {
            PixelFormat.Place place = chromaPlaces.get(c);
            readChroma(picture.plane(place.plane()), place.component(), y, chroma[c]);
        }
        kernel.rgb().toRgb(coefficients, luma, chroma[0], chroma[1], plane.width(), rows, at, channelStride);
    }

    private void readChroma(Plane plane, int component, int y, float[] row) {
        float[] samples = halvedColumns ? near : row;
        if (halvedRows) {
            // Sample centres of chroma lie between two rows of luma: a quarter away from one, three from the other.
            widen(plane, component, y / 2, samples);
            widen(plane, component, Math.clamp(y % 2 == 0 ? y / 2 - 1 : y / 2 + 1, 0, plane.height() - 1), far);
            kernel.rgb().blend(samples, far, plane.width());
        } else {
            widen(plane, component, y, samples);
        }
        if (halvedColumns) {
            kernel.rgb().twice(near, plane.width(), row);
        }
    }

    private void widen(Plane plane, int component, int y, float[] row) {
        SampleRows.read(kernel, plane, component, y, row, 0);
    }
}
