package io.kinolift.bench;

import io.kinolift.frame.PixelFormat;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.convolve.ConvTransposeOperator;
import io.kinolift.upscale.convolve.TransposedConvolution;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;

/**
 * The work that every contender does.
 *
 * @param name short, for tables
 * @param width luma samples per row of an input
 * @param height luma rows of an input
 */
public record Workload(String name, PixelFormat format, int width, int height, Task task) {
    /** Number of input pictures; outputs are made from them again and again. */
    public static final int INPUTS = 4;

    /** The mathematics. */
    public sealed interface Task {
        Operator operator();
    }

    /** Interpolation over time, height and width. */
    public record Interpolating(Interpolation settings) implements Task {
        @Override
        public Operator operator() {
            return InterpolationOperator.of(settings);
        }
    }

    /** A transposed convolution. */
    public record Convolving(TransposedConvolution settings) implements Task {
        @Override
        public Operator operator() {
            return ConvTransposeOperator.of(settings);
        }
    }
}
