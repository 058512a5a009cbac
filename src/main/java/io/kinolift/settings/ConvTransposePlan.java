package io.kinolift.settings;

import io.kinolift.tensor.Tensor;
import io.kinolift.upscale.convolve.Border;
import io.kinolift.upscale.convolve.Channels;
import io.kinolift.upscale.convolve.ConvWeights;
import io.kinolift.upscale.convolve.TransposedConvolution;
import io.kinolift.weights.Checkerboard;
import io.kinolift.weights.ConvTransposeGeometry;
import io.kinolift.weights.ConvTransposeWeights;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * From configuration to a transposed convolution: {@link ConvLayer} chooses the weights, settings win over the geometry
 * that comes with them. One number stands for every axis that the kernel spans: so 2 is what
 * {@code nn.ConvTranspose2d} means by it where its weights span height and width alone.
 */
final class ConvTransposePlan {
    static final String OPERATOR_NAME = "conv-transpose3d";
    /** Meaningless with other operators, so that a value there is a mistake. */
    private static final List<String> OWN = List.of(
            KinoliftConfig.WEIGHTS,
            KinoliftConfig.WEIGHTS_PREFIX,
            KinoliftConfig.STRIDE,
            KinoliftConfig.PADDING,
            KinoliftConfig.OUTPUT_PADDING,
            KinoliftConfig.DILATION,
            KinoliftConfig.GROUPS,
            KinoliftConfig.BORDER,
            KinoliftConfig.OVERSHOOT,
            KinoliftConfig.CHANNELS);

    private ConvTransposePlan() {}

    static boolean isWanted(KinoliftConfig config) {
        return config.lower(KinoliftConfig.OPERATOR).equals(OPERATOR_NAME);
    }

    /** Whether a setting is for this operator; the channels are for networks, too. */
    static boolean isOwn(String setting) {
        return OWN.contains(setting);
    }

    /** @throws ConfigException if one of its settings is given to another operator */
    static void requireUnused(KinoliftConfig config) {
        for (String name : OWN) {
            boolean shared = name.equals(KinoliftConfig.CHANNELS) && OnnxPlan.isWanted(config);
            if (config.isGiven(name) && !shared) {
                throw new ConfigException(
                        name,
                        config.originals().get(name),
                        "expected kinolift.operator=" + OPERATOR_NAME + " with it, found "
                                + config.getString(KinoliftConfig.OPERATOR));
            }
        }
    }

    /** @throws ConfigException naming the setting, for values that do not go together or a file that cannot be used */
    static TransposedConvolution of(KinoliftConfig config) {
        requireMeaningful(config);
        Channels channels =
                Channels.valueOf(config.lower(KinoliftConfig.CHANNELS).toUpperCase(Locale.ROOT));
        int groups = config.getInt(KinoliftConfig.GROUPS);
        ConvLayer layer = ConvLayer.of(config, channels, groups);
        int[] kernel = layer.weights().kernel();
        try {
            return new TransposedConvolution(
                    layer.weights(),
                    layer.stride(),
                    numbers(config, KinoliftConfig.PADDING, kernel, 0, layer.padding()),
                    numbers(config, KinoliftConfig.OUTPUT_PADDING, kernel, 0, layer.outputPadding()),
                    numbers(config, KinoliftConfig.DILATION, kernel, 1, new int[] {1, 1, 1}),
                    groups,
                    Border.valueOf(config.lower(KinoliftConfig.BORDER).toUpperCase(Locale.ROOT)),
                    channels);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(KinoliftConfig.OPERATOR, OPERATOR_NAME, e.getMessage());
        }
    }

    /** Every setting and weight, so that the same text means the same output. */
    static String fingerprint(TransposedConvolution convolution) {
        ConvWeights weights = convolution.weights();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * (weights.values().length + weights.bias().length));
        bytes.asFloatBuffer().put(weights.values()).put(weights.bias());
        return String.join(
                " ",
                OPERATOR_NAME,
                Arrays.toString(weights.kernel()),
                weights.inChannels() + "/" + weights.outPerGroup(),
                hash(bytes),
                Arrays.toString(convolution.stride()),
                Arrays.toString(convolution.padding()),
                Arrays.toString(convolution.outputPadding()),
                Arrays.toString(convolution.dilation()),
                Integer.toString(convolution.groups()),
                convolution.border().toString(),
                convolution.channels().toString());
    }

    /** @param bytes an array's */
    static String hash(ByteBuffer bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256 in every Java", e);
        }
    }

    static void requireMeaningful(KinoliftConfig config) {
        if (!config.getString(KinoliftConfig.SIZE).isBlank()) {
            throw new ConfigException(
                    KinoliftConfig.SIZE,
                    config.getString(KinoliftConfig.SIZE),
                    "expected none with kinolift.operator=" + OPERATOR_NAME + ": kinolift.stride gives the size");
        }
        if (config.getBoolean(KinoliftConfig.ALIGN_CORNERS)) {
            throw new ConfigException(
                    KinoliftConfig.ALIGN_CORNERS, true, "expected false with kinolift.operator=" + OPERATOR_NAME);
        }
    }

    /** What a user should know about weights of a file that show on every picture. */
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

    /** @param alone what an axis gets that the kernel does not span, when there is one number for all */
    static int[] numbers(KinoliftConfig config, String name, int[] kernel, int alone, int[] otherwise) {
        String text = config.getString(name);
        if (text.isBlank()) {
            return otherwise;
        }
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 3) {
                return Arrays.stream(parts)
                        .mapToInt(part -> Integer.parseInt(part.strip()))
                        .toArray();
            }
            if (parts.length == 1) {
                int number = Integer.parseInt(text.strip());
                return Arrays.stream(kernel)
                        .map(taps -> taps > 1 ? number : alone)
                        .toArray();
            }
        } catch (NumberFormatException e) {
            // Said below, as for every other form that is wrong.
        }
        throw new ConfigException(name, text, "expected one whole number or three as time,height,width");
    }
}
