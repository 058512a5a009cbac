package io.kinolift.cli;

import io.kinolift.weights.AdaptiveWeights;
import io.kinolift.weights.Checkerboard;
import io.kinolift.weights.ConvTransposeGeometry;
import io.kinolift.weights.ConvTransposeWeights;
import io.kinolift.weights.KernelPlot;
import io.kinolift.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a weights file makes of an input: geometry, cost, checkerboard, and its kernels as a picture.
 *
 * @param prefix the layer's name in the state dict; empty for none
 * @param width of the input, in samples
 * @param frames of the input
 */
record WeightsReport(Path file, String prefix, int width, int height, int frames) {
    private static final int MAX_GAIN_ROWS = 8;
    private static final String[] AXES = {"time", "height", "width"};

    /**
     * Prints all that is known of the weights.
     *
     * @param plot where the kernels are drawn; null for nowhere
     */
    void print(GeometryOptions options, Path plot) throws IOException {
        if (AdaptiveWeights.isIn(file)) {
            print(AdaptiveWeights.read(file), plot);
            return;
        }
        ConvTransposeWeights weights = ConvTransposeWeights.load(file, prefix);
        ConvTransposeGeometry geometry =
                options.geometry(weights.weight(), Safetensors.read(file).metadata());
        try {
            print(weights, geometry);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        if (plot != null) {
            KernelPlot.write(weights.weight(), file.getFileName() + (prefix.isEmpty() ? "" : ", " + prefix), plot);
            System.out.println(plot + ": the kernels");
        }
    }

    private void print(AdaptiveWeights weights, Path plot) throws IOException {
        int kernels = weights.bank().size(0);
        ConvTransposeGeometry geometry = weights.geometry();
        ConvTransposeWeights one = weights.kernel(0);
        int[] output = geometry.outputShape(one.weight(), frames, height, width);
        double checkerboard = IntStream.range(0, kernels)
                .mapToDouble(of -> Checkerboard.of(weights.kernel(of), geometry).space())
                .max()
                .orElseThrow();
        InspectCommand.line("adaptive", kernels + " kernels, for classes " + weights.classes());
        InspectCommand.line(
                "kernel H,W", list(weights.bank().size(1), weights.bank().size(2)));
        InspectCommand.line("stride", list(geometry.stride()));
        InspectCommand.line("padding", list(geometry.padding()));
        InspectCommand.line(
                "output",
                String.format(
                        "%d frames of %dx%d from %d of %dx%d", output[1], output[3], output[2], frames, width, height));
        InspectCommand.line(
                "multiply-adds",
                String.format(
                        Locale.ROOT,
                        "%.4g per output pixel, and what telling the classes costs",
                        geometry.multiplyAdds(one.weight())));
        InspectCommand.line(
                "checkerboard", String.format(Locale.ROOT, "%.2f %% in space, worst kernel", 100 * checkerboard));
        if (plot != null) {
            KernelPlot.write(
                    weights.bank()
                            .reshape(
                                    kernels,
                                    1,
                                    1,
                                    weights.bank().size(1),
                                    weights.bank().size(2)),
                    file.getFileName().toString(),
                    plot);
            System.out.println(plot + ": the kernels");
        }
    }

    private void print(ConvTransposeWeights weights, ConvTransposeGeometry geometry) {
        int[] shape = weights.weight().shape();
        int[] output = geometry.outputShape(weights.weight(), frames, height, width);
        Checkerboard checkerboard = Checkerboard.of(weights, geometry);
        InspectCommand.line(
                "channels",
                shape[0] + " in, " + output[0] + " out, " + geometry.groups() + " groups, "
                        + (weights.bias().isPresent() ? "with bias" : "no bias"));
        InspectCommand.line("kernel T,H,W", list(Arrays.copyOfRange(shape, 2, 5)));
        InspectCommand.line("stride", list(geometry.stride()));
        InspectCommand.line("padding", list(geometry.padding()));
        InspectCommand.line("output padding", list(geometry.outputPadding()));
        InspectCommand.line("dilation", list(geometry.dilation()));
        InspectCommand.line(
                "output",
                String.format(
                        "%d frames of %dx%d from %d of %dx%d", output[1], output[3], output[2], frames, width, height));
        InspectCommand.line(
                "halo",
                list(geometry.haloBefore(weights.weight())) + " inputs before, "
                        + list(geometry.haloAfter(weights.weight())) + " after");
        InspectCommand.line(
                "multiply-adds",
                String.format(
                        Locale.ROOT, "%.4g per output pixel, all channels", geometry.multiplyAdds(weights.weight())));
        printGains(checkerboard, geometry.stride());
        InspectCommand.line(
                "checkerboard",
                String.format(
                        Locale.ROOT,
                        "%.2f %% in space, %.2f %% in time (gain between phases)",
                        100 * checkerboard.space(),
                        100 * checkerboard.time()));
        checkerboard.warning().ifPresent(warning -> InspectCommand.line("warning", warning));
    }

    private static void printGains(Checkerboard checkerboard, int[] stride) {
        int rows = 0;
        for (int channel = 0; channel < checkerboard.outChannels(); channel++) {
            for (int t = 0; t < stride[0]; t++) {
                for (int y = 0; y < stride[1]; y++) {
                    if (rows++ < MAX_GAIN_ROWS) {
                        InspectCommand.line(
                                rows == 1 ? "gain per phase" : "", gains(checkerboard, channel, t, y, stride[2]));
                    }
                }
            }
        }
        if (rows > MAX_GAIN_ROWS) {
            InspectCommand.line("", "and " + (rows - MAX_GAIN_ROWS) + " rows more");
        }
        for (int axis = 0; axis < 3; axis++) {
            InspectCommand.line(
                    axis == 0 ? "shares of phases" : "",
                    String.format("%-6s ", AXES[axis])
                            + Arrays.stream(checkerboard.shares(0, axis))
                                    .mapToObj(share -> String.format(Locale.ROOT, "%.2f", share))
                                    .collect(Collectors.joining(" ")));
        }
    }

    private static String gains(Checkerboard checkerboard, int channel, int t, int y, int width) {
        StringBuilder gains = new StringBuilder(String.format("channel %d, t %d, y %d:", channel, t, y));
        for (int x = 0; x < width; x++) {
            gains.append(String.format(Locale.ROOT, " %.4f", checkerboard.gain(channel, t, y, x)));
        }
        return gains.toString();
    }

    private static String list(int... numbers) {
        return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }
}
