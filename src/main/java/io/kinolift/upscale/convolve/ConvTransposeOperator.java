package io.kinolift.upscale.convolve;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Role;
import io.kinolift.frame.TimeGrid;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.BoundParts;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.OutputPart;
import io.kinolift.upscale.colour.RgbMatrix;
import io.kinolift.upscale.interpolate.InterpolatedPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A transposed convolution, before the picture size is known. */
public final class ConvTransposeOperator implements Operator {
    private final TransposedConvolution settings;
    private final ConvTransposeKernel kernel;
    private final InterpolationKernel chromaKernel;
    private final ConvTables tables;
    private final ConvTransposeTimeGrid timeGrid;

    public static Operator of(TransposedConvolution settings) {
        return new ConvTransposeOperator(settings, Kernels.convTranspose(), Kernels.interpolation());
    }

    ConvTransposeOperator(
            TransposedConvolution settings, ConvTransposeKernel kernel, InterpolationKernel chromaKernel) {
        this.settings = settings;
        this.kernel = kernel;
        this.chromaKernel = chromaKernel;
        tables = new ConvTables(settings, kernel.largestTile());
        timeGrid = new ConvTransposeTimeGrid(tables.time);
    }

    @Override
    public TimeGrid timeGrid() {
        return timeGrid;
    }

    @Override
    public long outputWidth(int width) {
        return tables.columns.outputs(width);
    }

    @Override
    public long outputHeight(int height) {
        return tables.rows.outputs(height);
    }

    @Override
    public Optional<String> refusal(PixelFormat format, int width, int height, Colour colour) {
        long outputWidth = tables.columns.outputs(width);
        long outputHeight = tables.rows.outputs(height);
        if (outputWidth < 1 || outputHeight < 1) {
            return Optional.of("expected an output of at least 1x1, found " + outputWidth + "x" + outputHeight
                    + " from " + width + "x" + height);
        }
        return switch (settings.channels()) {
            case LUMA ->
                format.hasLuma()
                        ? Optional.empty()
                        : Optional.of("expected a format with luma for channels luma, found " + format);
            case PLANES -> refusalOfPlanes(format, width, height);
            case RGB ->
                format.isRgb() || RgbMatrix.of(colour, height).isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                "expected matrix coefficients 1, 2, 4, 5, 6, 7 or 9 (H.273) for channels rgb, found "
                                        + colour.matrix());
        };
    }

    /** On a smaller plane the same kernel need not give a plane of the right size. */
    private Optional<String> refusalOfPlanes(PixelFormat format, int width, int height) {
        int outputWidth = Math.toIntExact(tables.columns.outputs(width));
        int outputHeight = Math.toIntExact(tables.rows.outputs(height));
        for (int plane = 1; plane < format.planeCount(); plane++) {
            long foundWidth = tables.columns.outputs(format.planeWidth(plane, width));
            long foundHeight = tables.rows.outputs(format.planeHeight(plane, height));
            int planeWidth = format.planeWidth(plane, outputWidth);
            int planeHeight = format.planeHeight(plane, outputHeight);
            if (foundWidth != planeWidth || foundHeight != planeHeight) {
                return Optional.of("expected a kernel that makes " + planeWidth + "x" + planeHeight
                        + " of the chroma of " + width + "x" + height + " " + format + " for channels planes, found "
                        + foundWidth + "x" + foundHeight);
            }
        }
        return Optional.empty();
    }

    @Override
    public BoundOperator bind(PixelFormat format, int width, int height, Colour colour) {
        refusal(format, width, height, colour).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        int outputWidth = Math.toIntExact(tables.columns.outputs(width));
        int outputHeight = Math.toIntExact(tables.rows.outputs(height));
        ConvTables suited = tables.suitedTo(format);
        return new BoundParts(format, outputWidth, outputHeight, () -> {
            List<OutputPart> parts = new ArrayList<>();
            if (settings.channels() == Channels.RGB) {
                // A plane with interleaved alpha is written as a whole, and then red, green and blue once more.
                format.find(Role.ALPHA)
                        .ifPresent(alpha -> parts.add(
                                interpolated(format, alpha.plane(), width, height, outputWidth, outputHeight, colour)));
                parts.add(rgb(suited, format, width, height, colour, outputWidth));
                return parts;
            }
            for (int plane = 0; plane < format.planeCount(); plane++) {
                if (plane > 0 && settings.channels() == Channels.LUMA) {
                    parts.add(interpolated(format, plane, width, height, outputWidth, outputHeight, colour));
                } else {
                    for (int component = 0; component < format.components(plane); component++) {
                        parts.add(convolved(
                                suited, format, width, height, outputWidth, new PixelFormat.Place(plane, component)));
                    }
                }
            }
            return parts;
        });
    }

    private OutputPart interpolated(
            PixelFormat format, int plane, int width, int height, int outputWidth, int outputHeight, Colour colour) {
        return InterpolatedPlane.of(
                chromaKernel,
                format,
                plane,
                width,
                height,
                outputWidth,
                outputHeight,
                colour.chromaLocation(),
                tables.time.centres(),
                tables.rows.centres(),
                tables.columns.centres());
    }

    private OutputPart convolved(
            ConvTables suited,
            PixelFormat format,
            int width,
            int height,
            int outputWidth,
            PixelFormat.Place... channels) {
        return new PlacedChannels(
                kernel, suited, settings.border(), format, List.of(channels), width, height, outputWidth);
    }

    private OutputPart rgb(
            ConvTables suited, PixelFormat format, int width, int height, Colour colour, int outputWidth) {
        if (!format.isRgb()) {
            RgbMatrix matrix = RgbMatrix.of(colour, height).orElseThrow();
            return new RgbPlanes(kernel, suited, settings.border(), matrix, format, width, height, outputWidth);
        }
        if (format.components(0) == PackedRgbPlane.TRIPLE && format.sampleBytes() == Byte.BYTES) {
            return new PackedRgbPlane(kernel, suited, settings.border(), format, width, height, outputWidth);
        }
        return convolved(
                suited,
                format,
                width,
                height,
                outputWidth,
                format.place(Role.RED),
                format.place(Role.GREEN),
                format.place(Role.BLUE));
    }
}
