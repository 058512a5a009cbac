package io.kinolift.upscale.network;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Plane;
import io.kinolift.frame.Rational;
import io.kinolift.frame.Role;
import io.kinolift.frame.TimeGrid;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.BoundParts;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.OutputPart;
import io.kinolift.upscale.RowSource;
import io.kinolift.upscale.SampleRows;
import io.kinolift.upscale.colour.RgbMatrix;
import io.kinolift.upscale.colour.RgbSource;
import io.kinolift.upscale.convolve.Channels;
import io.kinolift.upscale.interpolate.Coordinates;
import io.kinolift.upscale.interpolate.InterpolatedPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A network, before the picture size is known. */
public final class NetworkOperator implements Operator {
    private final NetworkUpsampling settings;
    private final ConvTransposeKernel kernel;
    private final InterpolationKernel chromaKernel;
    private final NetworkTimeGrid timeGrid;
    private final int[] factors;

    public static Operator of(NetworkUpsampling settings) {
        return new NetworkOperator(settings, Kernels.convTranspose(), Kernels.interpolation());
    }

    NetworkOperator(NetworkUpsampling settings, ConvTransposeKernel kernel, InterpolationKernel chromaKernel) {
        this.settings = settings;
        this.kernel = kernel;
        this.chromaKernel = chromaKernel;
        timeGrid = new NetworkTimeGrid(settings);
        factors = settings.network().factors();
    }

    @Override
    public TimeGrid timeGrid() {
        return timeGrid;
    }

    @Override
    public long outputWidth(int width) {
        return (long) width * factors[2];
    }

    @Override
    public long outputHeight(int height) {
        return (long) height * factors[1];
    }

    @Override
    public Optional<String> refusal(PixelFormat format, int width, int height, Colour colour) {
        return switch (settings.channels()) {
            case LUMA ->
                format.hasLuma()
                        ? Optional.empty()
                        : Optional.of("expected a format with luma for channels luma, found " + format);
            case PLANES ->
                fits(format, width, height)
                        ? Optional.empty()
                        : Optional.of("expected chroma that " + factors[1] + "," + factors[2]
                                + " times as large fits the picture for channels planes, found " + width + "x" + height
                                + " " + format);
            case RGB -> refusalOfRgb(format, height, colour);
        };
    }

    /** Tiles of different bands write into one row, so no other part may write interleaved alpha. */
    private static Optional<String> refusalOfRgb(PixelFormat format, int height, Colour colour) {
        if (format.isRgb() && format.has(Role.ALPHA)) {
            return Optional.of("expected red, green and blue without alpha for channels rgb, found " + format);
        }
        return format.isRgb() || RgbMatrix.of(colour, height).isPresent()
                ? Optional.empty()
                : Optional.of("expected matrix coefficients 1, 2, 4, 5, 6, 7 or 9 (H.273) for channels rgb, found "
                        + colour.matrix());
    }

    private boolean fits(PixelFormat format, int width, int height) {
        for (int plane = 1; plane < format.planeCount(); plane++) {
            if (format.planeWidth(plane, width) * factors[2] != format.planeWidth(plane, width * factors[2])
                    || format.planeHeight(plane, height) * factors[1]
                            != format.planeHeight(plane, height * factors[1])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public BoundOperator bind(PixelFormat format, int width, int height, Colour colour) {
        refusal(format, width, height, colour).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return new BoundParts(
                format,
                Math.multiplyExact(width, factors[2]),
                Math.multiplyExact(height, factors[1]),
                () -> parts(format, width, height, colour));
    }

    private List<OutputPart> parts(PixelFormat format, int width, int height, Colour colour) {
        List<OutputPart> parts = new ArrayList<>();
        if (settings.channels() == Channels.RGB) {
            parts.add(rgb(format, width, height, colour));
            format.find(Role.ALPHA)
                    .ifPresent(alpha -> parts.add(interpolated(format, alpha.plane(), width, height, colour)));
            return parts;
        }
        for (int plane = 0; plane < format.planeCount(); plane++) {
            if (plane > 0 && settings.channels() == Channels.LUMA) {
                parts.add(interpolated(format, plane, width, height, colour));
                continue;
            }
            for (int component = 0; component < format.components(plane); component++) {
                parts.add(component(
                        format, plane, component, format.planeWidth(plane, width), format.planeHeight(plane, height)));
            }
        }
        return parts;
    }

    private OutputPart component(PixelFormat format, int plane, int component, int width, int height) {
        return tiles(
                format,
                (picture, y, rows, at, _) -> widen(picture.plane(plane), component, y, rows, at),
                (samples, at, _, rowStride, tile, out) ->
                        write(samples, at, rowStride, tile, out.plane(plane), component, format.maxSample()),
                width,
                height);
    }

    private OutputPart rgb(PixelFormat format, int width, int height, Colour colour) {
        int[] order = settings.order();
        if (format.isRgb()) {
            List<PixelFormat.Place> places = Stream.of(Role.RED, Role.GREEN, Role.BLUE)
                    .map(format::place)
                    .toList();
            return tiles(
                    format,
                    (picture, y, rows, at, channelStride) -> {
                        for (int c = 0; c < 3; c++) {
                            PixelFormat.Place place = places.get(c);
                            widen(picture.plane(place.plane()), place.component(), y, rows, at + c * channelStride);
                        }
                    },
                    (samples, at, channelStride, rowStride, tile, out) -> {
                        for (int c = 0; c < 3; c++) {
                            write(
                                    samples,
                                    at + order[c] * channelStride,
                                    rowStride,
                                    tile,
                                    out.plane(places.get(c).plane()),
                                    places.get(c).component(),
                                    format.maxSample());
                        }
                    },
                    width,
                    height);
        }
        RgbMatrix matrix = RgbMatrix.of(colour, height).orElseThrow();
        return tiles(
                format,
                new RgbSource(kernel, matrix, format, width),
                new RgbTile(kernel.rgb(), matrix.coefficients(format), format, order),
                width,
                height);
    }

    private NetworkTiles tiles(PixelFormat format, RowSource source, NetworkTiles.Sink sink, int width, int height) {
        return new NetworkTiles(settings, timeGrid, format, source, sink, width, height);
    }

    private void widen(Plane plane, int component, int y, float[] rows, int at) {
        SampleRows.read(kernel, plane, component, y, rows, at);
    }

    private static void write(
            float[] samples, int at, int rowStride, NetworkTiles.Tile tile, Plane target, int component, int largest) {
        for (int y = tile.top(); y < tile.bottom(); y++) {
            int from = at + (y - tile.top()) * rowStride;
            for (int x = tile.left(); x < tile.right(); x++) {
                target.set(x * target.components() + component, y, round(samples[from + x - tile.left()], largest));
            }
        }
    }

    /** Rounds half up and clamps; NaN becomes 0. */
    static int round(float value, int largest) {
        return Math.clamp((int) Math.floor(value + 0.5), 0, largest);
    }

    private OutputPart interpolated(PixelFormat format, int plane, int width, int height, Colour colour) {
        return InterpolatedPlane.of(
                chromaKernel,
                format,
                plane,
                width,
                height,
                width * factors[2],
                height * factors[1],
                colour.chromaLocation(),
                timeGrid.centres(),
                Coordinates.centred(Rational.of(factors[1]), Coordinates.HALF),
                Coordinates.centred(Rational.of(factors[2]), Coordinates.HALF));
    }
}
