package io.kinolift.settings;

import io.kinolift.frame.Sha256;
import io.kinolift.tensor.Tensor;
import io.kinolift.upscale.convolve.Border;
import io.kinolift.upscale.convolve.Channels;
import io.kinolift.upscale.convolve.ConvWeights;
import io.kinolift.upscale.convolve.TransposedConvolution;
import io.kinolift.weights.AxisNumbers;
import io.kinolift.weights.Checkerboard;
import io.kinolift.weights.ConvTransposeGeometry;
import io.kinolift.weights.ConvTransposeWeights;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * From configuration to a transposed convolution: {@link ConvLayer} chooses the weights, settings win over the geometry
 * that comes with them. One number applies to every axis that the kernel spans, so for weights in height and width
 * only, 2 means the same as in {@code nn.ConvTranspose2d}.
 */
final class ConvTransposePlan {
    private ConvTransposePlan() {}

    /** @throws ConfigException naming the setting, for values that do not go together or a file that cannot be used */
    static TransposedConvolution of(KinoliftConfig config) {
        Channels channels = config.constant(OperatorSettings.CHANNELS, Channels.class);
        int groups = config.get(ConvTransposeKind.GROUPS);
        ConvLayer layer = ConvLayer.of(config, channels, groups);
        int[] kernel = layer.weights().kernel();
        try {
            return new TransposedConvolution(
                    layer.weights(),
                    layer.stride(),
                    numbers(config, ConvTransposeKind.PADDING, kernel, 0, layer.padding()),
                    numbers(config, ConvTransposeKind.OUTPUT_PADDING, kernel, 0, layer.outputPadding()),
                    numbers(config, ConvTransposeKind.DILATION, kernel, 1, new int[] {1, 1, 1}),
                    groups,
                    config.constant(ConvTransposeKind.BORDER, Border.class),
                    channels);
        } catch (IllegalArgumentException e) {
            throw config.refused(OperatorKinds.OPERATOR, e.getMessage());
        }
    }

    /** Every weight, and the geometry that weights and settings come to. */
    static Fingerprint fingerprint(KinoliftConfig config, TransposedConvolution convolution) {
        ConvWeights weights = convolution.weights();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * (weights.values().length + weights.bias().length));
        bytes.asFloatBuffer().put(weights.values()).put(weights.bias());
        return Fingerprint.of(config)
                .resolved(Arrays.toString(weights.kernel()))
                .resolved(weights.inChannels() + "/" + weights.outPerGroup())
                .resolved(Sha256.of(bytes.array()), ConvTransposeKind.WEIGHTS, ConvTransposeKind.WEIGHTS_PREFIX)
                .resolved(
                        Arrays.toString(convolution.stride()), ConvTransposeKind.STRIDE, OperatorSettings.SCALE_FACTOR)
                .resolved(
                        Arrays.toString(convolution.padding()),
                        ConvTransposeKind.PADDING,
                        OperatorSettings.TEMPORAL_GRID)
                .resolved(Arrays.toString(convolution.outputPadding()), ConvTransposeKind.OUTPUT_PADDING)
                .resolved(Arrays.toString(convolution.dilation()), ConvTransposeKind.DILATION)
                .resolved(Integer.toString(convolution.groups()), ConvTransposeKind.GROUPS)
                .resolved(convolution.border().toString(), ConvTransposeKind.BORDER)
                .resolved(convolution.channels().toString(), OperatorSettings.CHANNELS);
    }

    /** Tells the user if the weights of a file have a fault that will show on every picture. */
    static Optional<String> warning(KinoliftConfig config, TransposedConvolution convolution) {
        if (!ConvLayer.isFile(config)) {
            return Optional.empty();
        }
        ConvWeights weights = convolution.weights();
        int[] kernel = weights.kernel();
        Tensor weight = Tensor.of(
                weights.values(), weights.inChannels(), weights.outPerGroup(), kernel[0], kernel[1], kernel[2]);
        return Checkerboard.of(
                        new ConvTransposeWeights(weight, Optional.empty()),
                        new ConvTransposeGeometry(
                                convolution.stride(),
                                convolution.padding(),
                                convolution.outputPadding(),
                                convolution.dilation(),
                                convolution.groups()))
                .warning();
    }

    /** @param alone value for an axis that the kernel does not span, if one number is given for all */
    static int[] numbers(KinoliftConfig config, Setting<String> setting, int[] kernel, int alone, int[] otherwise) {
        String text = config.get(setting);
        if (text.isBlank()) {
            return otherwise;
        }
        int[] numbers = AxisNumbers.parse(text)
                .orElseThrow(() -> config.refused(setting, "expected one whole number or three as time,height,width"));
        return numbers.length == 3
                ? numbers
                : Arrays.stream(kernel)
                        .map(taps -> taps > 1 ? numbers[0] : alone)
                        .toArray();
    }
}
