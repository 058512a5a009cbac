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
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports the effects of a weights file. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Reports geometry, cost and checkerboard of a ConvTranspose's weights, and draws its kernels.")
final class InspectCommand implements Callable<Integer> {
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5})x([1-9][0-9]{0,5})");
    private static final int MAX_GAIN_ROWS = 8;
    private static final String[] AXES = {"time", "height", "width"};

    @Parameters(paramLabel = "FILE", description = "safetensors file with weight and, optionally, bias")
    private Path file;

    @Option(names = "--prefix", paramLabel = "NAME", description = "the layer's name in the state dict (default: none)")
    private String prefix = "";

    @Mixin
    private GeometryOptions options = new GeometryOptions();

    @Option(names = "--size", paramLabel = "WxH", description = "input size (default 1920x1080)")
    private String size = "1920x1080";

    @Option(names = "--frames", paramLabel = "N", description = "input frames (default 30)")
    private int frames = 30;

    @Option(names = "--plot", paramLabel = "FILE.png", description = "draw the kernels")
    private Path plot;

    @Override
    public Integer call() throws IOException {
        Matcher input = SIZE.matcher(size);
        if (!input.matches() || frames < 1) {
            throw new UsageException("expected --size WxH and --frames of at least 1, found " + size + ", " + frames);
        }
        if (AdaptiveWeights.isIn(file)) {
            inspect(AdaptiveWeights.read(file), Integer.parseInt(input.group(1)), Integer.parseInt(input.group(2)));
            return 0;
        }
        ConvTransposeWeights weights = ConvTransposeWeights.load(file, prefix);
        ConvTransposeGeometry geometry =
                options.geometry(weights.weight(), Safetensors.read(file).metadata());
        try {
            print(weights, geometry, Integer.parseInt(input.group(1)), Integer.parseInt(input.group(2)));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        if (plot != null) {
            KernelPlot.write(weights.weight(), file.getFileName() + (prefix.isEmpty() ? "" : ", " + prefix), plot);
            System.out.println(plot + ": the kernels");
        }
        return 0;
    }

    private void inspect(AdaptiveWeights weights, int width, int height) throws IOException {
        int kernels = weights.bank().size(0);
        ConvTransposeGeometry geometry = weights.geometry();
        ConvTransposeWeights one = weights.kernel(0);
        int[] output = geometry.outputShape(one.weight(), frames, height, width);
        double checkerboard = IntStream.range(0, kernels)
                .mapToDouble(of -> Checkerboard.of(weights.kernel(of), geometry).space())
                .max()
                .orElseThrow();
        line("adaptive", kernels + " kernels, for classes " + weights.classes());
        line("kernel H,W", list(weights.bank().size(1), weights.bank().size(2)));
        line("stride", list(geometry.stride()));
        line("padding", list(geometry.padding()));
        line(
                "output",
                String.format(
                        "%d frames of %dx%d from %d of %dx%d", output[1], output[3], output[2], frames, width, height));
        line(
                "multiply-adds",
                String.format(
                        Locale.ROOT,
                        "%.4g per output pixel, and what telling the classes costs",
                        geometry.multiplyAdds(one.weight())));
        line("checkerboard", String.format(Locale.ROOT, "%.2f %% in space, worst kernel", 100 * checkerboard));
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

    private void print(ConvTransposeWeights weights, ConvTransposeGeometry geometry, int width, int height) {
        int[] shape = weights.weight().shape();
        int[] output = geometry.outputShape(weights.weight(), frames, height, width);
        Checkerboard checkerboard = Checkerboard.of(weights, geometry);
        line(
                "channels",
                shape[0] + " in, " + output[0] + " out, " + geometry.groups() + " groups, "
                        + (weights.bias().isPresent() ? "with bias" : "no bias"));
        line("kernel T,H,W", list(Arrays.copyOfRange(shape, 2, 5)));
        line("stride", list(geometry.stride()));
        line("padding", list(geometry.padding()));
        line("output padding", list(geometry.outputPadding()));
        line("dilation", list(geometry.dilation()));
        line(
                "output",
                String.format(
                        "%d frames of %dx%d from %d of %dx%d", output[1], output[3], output[2], frames, width, height));
        line(
                "halo",
                list(geometry.haloBefore(weights.weight())) + " inputs before, "
                        + list(geometry.haloAfter(weights.weight())) + " after");
        line(
                "multiply-adds",
                String.format(
                        Locale.ROOT, "%.4g per output pixel, all channels", geometry.multiplyAdds(weights.weight())));
        printGains(checkerboard, geometry.stride());
        line(
                "checkerboard",
                String.format(
                        Locale.ROOT,
                        "%.2f %% in space, %.2f %% in time (gain between phases)",
                        100 * checkerboard.space(),
                        100 * checkerboard.time()));
        checkerboard.warning().ifPresent(warning -> line("warning", warning));
    }

    private static void printGains(Checkerboard checkerboard, int[] stride) {
        int rows = 0;
        for (int channel = 0; channel < checkerboard.outChannels(); channel++) {
            for (int t = 0; t < stride[0]; t++) {
                for (int y = 0; y < stride[1]; y++) {
                    if (rows++ < MAX_GAIN_ROWS) {
                        line(rows == 1 ? "gain per phase" : "", gains(checkerboard, channel, t, y, stride[2]));
                    }
                }
            }
        }
        if (rows > MAX_GAIN_ROWS) {
            line("", "and " + (rows - MAX_GAIN_ROWS) + " rows more");
        }
        for (int axis = 0; axis < 3; axis++) {
            line(
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

    private static void line(String name, String text) {
        System.out.printf("%-17s%s%n", name, LogText.line(text));
    }
}
