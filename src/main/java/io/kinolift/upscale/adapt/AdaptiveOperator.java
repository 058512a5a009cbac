package io.kinolift.upscale.adapt;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.TimeGrid;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.adapt.AdaptiveKernel;
import io.kinolift.kernel.adapt.AdaptiveTable;
import io.kinolift.kernel.adapt.GradientKernel;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.kernel.interpolate.InterpolationKernel;
import io.kinolift.upscale.BoundOperator;
import io.kinolift.upscale.BoundParts;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.OutputPart;
import io.kinolift.upscale.convolve.ConvAxis;
import io.kinolift.upscale.convolve.ConvTransposeTimeGrid;
import io.kinolift.upscale.interpolate.InterpolatedPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@link FilterBank} for luma, before the picture size is known. Chroma and alpha are interpolated. */
public final class AdaptiveOperator implements Operator {
    private static final ConvAxis TIME = new ConvAxis(1, 1, 0, 0, 1);

    private final AdaptiveTable table;
    private final AdaptiveKernel kernel;
    private final GradientKernel gradients;
    private final ConvTransposeKernel rounding;
    private final InterpolationKernel chromaKernel;
    private final ConvTransposeTimeGrid timeGrid = new ConvTransposeTimeGrid(TIME);

    /** Factor 2 in height and width, by a filter for the detail around each sample of luma. */
    public static Operator of(FilterBank bank) {
        return new AdaptiveOperator(
                bank, Kernels.adaptive(), Kernels.gradients(), Kernels.convTranspose(), Kernels.interpolation());
    }

    AdaptiveOperator(
            FilterBank bank,
            AdaptiveKernel kernel,
            GradientKernel gradients,
            ConvTransposeKernel rounding,
            InterpolationKernel chromaKernel) {
        table = bank.table();
        this.kernel = kernel;
        this.gradients = gradients;
        this.rounding = rounding;
        this.chromaKernel = chromaKernel;
    }

    @Override
    public TimeGrid timeGrid() {
        return timeGrid;
    }

    @Override
    public long outputWidth(int width) {
        return (long) FilterBank.FACTOR * width;
    }

    @Override
    public long outputHeight(int height) {
        return (long) FilterBank.FACTOR * height;
    }

    @Override
    public Optional<String> refusal(PixelFormat format, int width, int height, Colour colour) {
        if (!format.hasLuma()) {
            return Optional.of("expected a format with luma for adaptive weights, found " + format);
        }
        return format.bitDepth() == Byte.SIZE
                ? Optional.empty()
                : Optional.of("expected luma of " + Byte.SIZE + " bits for adaptive weights, found " + format + " of "
                        + format.bitDepth() + " bits");
    }

    @Override
    public BoundOperator bind(PixelFormat format, int width, int height, Colour colour) {
        refusal(format, width, height, colour).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        int outputWidth = Math.multiplyExact(width, FilterBank.FACTOR);
        int outputHeight = Math.multiplyExact(height, FilterBank.FACTOR);
        return new BoundParts(format, outputWidth, outputHeight, () -> {
            List<OutputPart> parts = new ArrayList<>();
            parts.add(new AdaptivePlane(kernel, gradients, rounding, table, width, height));
            for (int plane = 1; plane < format.planeCount(); plane++) {
                parts.add(InterpolatedPlane.of(
                        chromaKernel,
                        format,
                        plane,
                        width,
                        height,
                        outputWidth,
                        outputHeight,
                        colour.chromaLocation(),
                        TIME.centres(),
                        FilterBank.AXIS.centres(),
                        FilterBank.AXIS.centres()));
            }
            return parts;
        });
    }
}
