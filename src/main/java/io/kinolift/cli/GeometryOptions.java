package io.kinolift.cli;

import io.kinolift.tensor.Tensor;
import io.kinolift.weights.AxisNumbers;
import io.kinolift.weights.ConvTransposeGeometry;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine.Option;

/** The arguments of {@code nn.ConvTranspose3d} that a weights file does not hold, named as in PyTorch. */
final class GeometryOptions {
    @Option(
            names = "--stride",
            paramLabel = "T,H,W",
            description = "default: the file's metadata, else 2 where the kernel has more than one tap")
    private String stride;

    @Option(
            names = "--padding",
            paramLabel = "T,H,W",
            description = "default: the file's metadata, else so that the output is the input times the stride")
    private String padding;

    @Option(
            names = "--output-padding",
            paramLabel = "T,H,W",
            description = "default: as padding, or 0 where padding is given")
    private String outputPadding;

    @Option(names = "--dilation", paramLabel = "T,H,W", description = "default: 1")
    private String dilation;

    @Option(names = "--groups", paramLabel = "N", description = "default: 1")
    private int groups = 1;

    /**
     * @param weight (in, out / groups, kD, kH, kW)
     * @param metadata of its file
     * @throws UsageException if an option is no such number
     */
    ConvTransposeGeometry geometry(Tensor weight, Map<String, String> metadata) {
        try {
            ConvTransposeGeometry enlarging = ConvTransposeGeometry.enlarging(
                    weight, stride(weight, metadata), numbers("--dilation", dilation, 1), groups);
            if (padding == null && outputPadding == null) {
                return stride == null && dilation == null ? asWritten(enlarging, metadata) : enlarging;
            }
            return new ConvTransposeGeometry(
                    enlarging.stride(),
                    padding == null ? enlarging.padding() : numbers("--padding", padding, 0),
                    numbers("--output-padding", outputPadding, 0),
                    enlarging.dilation(),
                    groups);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** The padding that the file names, if it names any. */
    private static ConvTransposeGeometry asWritten(ConvTransposeGeometry enlarging, Map<String, String> metadata) {
        if (!metadata.containsKey("padding") || !metadata.containsKey("output_padding")) {
            return enlarging;
        }
        return new ConvTransposeGeometry(
                enlarging.stride(),
                numbers("padding", metadata.get("padding"), 0),
                numbers("output_padding", metadata.get("output_padding"), 0),
                enlarging.dilation(),
                enlarging.groups());
    }

    private int[] stride(Tensor weight, Map<String, String> metadata) {
        String given = stride == null ? metadata.get("stride") : stride;
        if (given != null) {
            return numbers("--stride", given, 1);
        }
        int[] usual = new int[3];
        Arrays.setAll(usual, axis -> weight.size(2 + axis) > 1 ? 2 : 1);
        return usual;
    }

    /** Three numbers, or one for all three. */
    static int[] numbers(String name, String text, int fallback) {
        if (text == null) {
            return new int[] {fallback, fallback, fallback};
        }
        return AxisNumbers.three(text)
                .orElseThrow(() ->
                        new UsageException("expected one number or three as T,H,W for " + name + ", found " + text));
    }
}
