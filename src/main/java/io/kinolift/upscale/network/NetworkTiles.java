package io.kinolift.upscale.network;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.upscale.Band;
import io.kinolift.upscale.InputFrames;
import io.kinolift.upscale.OutputPart;
import io.kinolift.upscale.RowSource;
import java.util.Arrays;

/**
 * Runs a network tile by tile. The tiles depend on the picture alone, not on bands, so the result does not depend on
 * the number of threads.
 */
final class NetworkTiles implements OutputPart {
    /** The network's white, in samples of 8 bits; it grows in proportion for finer samples. */
    private static final float WHITE = 255;

    private final NetworkUpsampling settings;
    private final NetworkTimeGrid timeGrid;
    private final RowSource source;
    private final Sink sink;
    private final int width;
    private final int height;
    private final int step;
    private final float[] row;
    private final float white;

    /** Takes a tile of the output. */
    interface Sink {
        /**
         * Takes the samples of one tile.
         *
         * @param samples of channel c, row y, column x at {@code at + c * channelStride + y * rowStride + x}
         * @param tile the tile's place in the output
         */
        void take(float[] samples, int at, int channelStride, int rowStride, Tile tile, Picture out);
    }

    /** A rectangle of rows and columns; ends are exclusive. */
    record Tile(int top, int bottom, int left, int right) {}

    /** @param width columns of an input; {@code height} is the number of its rows */
    NetworkTiles(
            NetworkUpsampling settings,
            NetworkTimeGrid timeGrid,
            PixelFormat format,
            RowSource source,
            Sink sink,
            int width,
            int height) {
        white = WHITE * format.scaleFrom8Bit();
        this.settings = settings;
        this.timeGrid = timeGrid;
        this.source = source;
        this.sink = sink;
        this.width = width;
        this.height = height;
        step = settings.tileStep();
        row = new float[settings.network().channels() * width];
    }

    @Override
    public void upscale(long output, InputFrames inputs, Picture out, int band, int bands) {
        int columns = Math.ceilDiv(width, step);
        int tiles = columns * Math.ceilDiv(height, step);
        for (int tile = Band.share(tiles, band, bands); tile < Band.share(tiles, band + 1, bands); tile++) {
            int top = tile / columns * step;
            int left = tile % columns * step;
            make(output, inputs, out, new Tile(top, Math.min(top + step, height), left, Math.min(left + step, width)));
        }
    }

    private void make(long output, InputFrames inputs, Picture out, Tile tile) {
        int[] halo = settings.halo();
        int multiple = settings.multiple();
        Tile seen = new Tile(
                from(tile.top - halo[1], multiple),
                to(tile.bottom + halo[1], height, multiple),
                from(tile.left - halo[2], multiple),
                to(tile.right + halo[2], width, multiple));
        long own = Math.clamp(timeGrid.owner(output), inputs.first(), inputs.last());
        long first = Math.max(inputs.first(), own - timeGrid.halo());
        long last = Math.min(inputs.last(), own + timeGrid.halo());
        int depth = (int) (last - first + 1);
        int rows = seen.bottom - seen.top;
        int columns = seen.right - seen.left;
        float[] samples = new float[settings.network().channels() * depth * rows * columns];
        for (int d = 0; d < depth; d++) {
            read(inputs.at(first + d), seen, samples, d * rows * columns, depth * rows * columns);
        }
        float[] made = settings.network().run(samples, depth, rows, columns);
        int[] factors = settings.network().factors();
        int frame = (int) (own - first) * factors[0] + (int) (output % factors[0]);
        int rowStride = columns * factors[2];
        int area = rows * factors[1] * rowStride;
        int at = frame * area + (tile.top - seen.top) * factors[1] * rowStride + (tile.left - seen.left) * factors[2];
        float scale = white / settings.white();
        for (int i = 0; i < made.length; i++) {
            made[i] *= scale;
        }
        sink.take(
                made,
                at,
                depth * factors[0] * area,
                rowStride,
                new Tile(
                        tile.top * factors[1],
                        tile.bottom * factors[1],
                        tile.left * factors[2],
                        tile.right * factors[2]),
                out);
    }

    private static int from(int place, int multiple) {
        return Math.max(0, place) / multiple * multiple;
    }

    /** The end may lie behind the picture's end, by less than the multiple. */
    private static int to(int place, int end, int multiple) {
        return Math.ceilDiv(Math.min(place, end), multiple) * multiple;
    }

    /** Samples added behind the picture's end, to complete the multiple, repeat its edge. */
    private void read(Picture picture, Tile seen, float[] samples, int at, int channelStride) {
        int columns = seen.right - seen.left;
        int inside = Math.min(seen.right, width) - seen.left;
        float scale = settings.white() / white;
        for (int y = seen.top; y < seen.bottom; y++) {
            source.read(picture, Math.min(y, height - 1), row, 0, width);
            for (int c = 0; c < settings.network().channels(); c++) {
                int to = at + settings.order()[c] * channelStride + (y - seen.top) * columns;
                for (int x = 0; x < inside; x++) {
                    samples[to + x] = row[c * width + seen.left + x] * scale;
                }
                Arrays.fill(samples, to + inside, to + columns, samples[to + inside - 1]);
            }
        }
    }
}
