package io.kinolift.upscale.network;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Role;
import io.kinolift.kernel.colour.RgbCoefficients;
import io.kinolift.kernel.colour.RgbKernel;
import java.util.Arrays;

/**
 * A tile of red, green and blue becomes planes of luma and chroma. A chroma sample is the mean of the pixels that it
 * covers, rounded once; tiles begin at even rows and columns.
 */
record RgbTile(RgbKernel kernel, RgbCoefficients coefficients, PixelFormat format, int[] order)
        implements NetworkTiles.Sink {
    @Override
    public void take(float[] samples, int at, int channelStride, int rowStride, NetworkTiles.Tile tile, Picture out) {
        int width = tile.right() - tile.left();
        int height = tile.bottom() - tile.top();
        float[][] rgb = new float[3][width];
        float[] luma = new float[width];
        float[][] chroma = new float[2][width];
        int rowsPerChroma = format.rowsPerChroma();
        int columnsPerChroma = format.columnsPerChroma();
        float[][] sums = new float[2][Math.ceilDiv(width, columnsPerChroma)];
        int[] covered = new int[sums[0].length];
        for (int y = 0; y < height; y++) {
            for (int c = 0; c < 3; c++) {
                System.arraycopy(samples, at + order[c] * channelStride + y * rowStride, rgb[c], 0, width);
            }
            kernel.fromRgb(coefficients, rgb[0], rgb[1], rgb[2], 0, width, luma, chroma[0], chroma[1]);
            write(luma, out.plane(0), 0, tile.top() + y, tile.left());
            if (!format.hasChroma()) {
                continue;
            }
            for (int x = 0; x < width; x++) {
                sums[0][x / columnsPerChroma] += chroma[0][x];
                sums[1][x / columnsPerChroma] += chroma[1][x];
                covered[x / columnsPerChroma]++;
            }
            if (y % rowsPerChroma == rowsPerChroma - 1 || y == height - 1) {
                writeChroma(sums, covered, out, (tile.top() + y) / rowsPerChroma, tile.left() / columnsPerChroma);
            }
        }
    }

    /** Empties the sums. */
    private void writeChroma(float[][] sums, int[] covered, Picture out, int y, int left) {
        for (int c = 0; c < 2; c++) {
            for (int x = 0; x < covered.length; x++) {
                sums[c][x] = sums[c][x] / covered[x] + coefficients.neutral();
            }
            PixelFormat.Place place = format.place(c == 0 ? Role.CB : Role.CR);
            write(sums[c], out.plane(place.plane()), place.component(), y, left);
            Arrays.fill(sums[c], 0);
        }
        Arrays.fill(covered, 0);
    }

    private void write(float[] row, Plane target, int component, int y, int left) {
        for (int x = 0; x < row.length; x++) {
            target.set(
                    (left + x) * target.components() + component, y, NetworkOperator.round(row[x], format.maxSample()));
        }
    }
}
