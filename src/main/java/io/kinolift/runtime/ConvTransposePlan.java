package io.kinolift.runtime;

import io.kinolift.frame.Rational;
import io.kinolift.tensor.Tensor;
import io.kinolift.upscale.Border;
import io.kinolift.upscale.Channels;
import io.kinolift.upscale.ConvWeights;
import io.kinolift.upscale.TransposedConvolution;
import io.kinolift.weights.Checkerboard;
import io.kinolift.weights.ConvTransposeGeometry;
import io.kinolift.weights.ConvTransposeWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * From configuration to a transposed convolution. One number stands for every axis that the kernel spans: so 2 is what
 * {@code nn.ConvTranspose2d} means by it where its weights span height and width alone.
 */
final class ConvTransposePlan {
    static final String OPERATOR_NAME = "conv-transpose3d";
    private static final int USUAL_STRIDE = 2;
    /** Meaningless with other operators, so that a value there is a mistake. */
    private static final List<String> OWN = List.of(
            KinoliftConfig.WEIGHTS, KinoliftConfig.WEIGHTS_PREFIX, KinoliftConfig.STRIDE, KinoliftConfig.PADDING,
            KinoliftConfig.OUTPUT_PADDING, KinoliftConfig.DILATION, KinoliftConfig.GROUPS, KinoliftConfig.BORDER,
            KinoliftConfig.CHANNELS);

    private ConvTransposePlan() {}

    static boolean isWanted(KinoliftConfig config) {
        return config.lower(KinoliftConfig.OPERATOR).equals(OPERATOR_NAME);
    }

    /** @throws ConfigException if one of its settings is given to another operator */
    static void requireUnused(KinoliftConfig config) {
        for (String name : OWN) {
            if (config.isGiven(name)) {
                throw new ConfigException(name, config.originals().get(name), "expected kinolift.operator="
                        + OPERATOR_NAME + " with it, found " + config.getString(KinoliftConfig.OPERATOR));
            }
        }
    }

    /** @throws ConfigException naming the setting, for values that do not go together or a file that cannot be used */
    static TransposedConvolution of(KinoliftConfig config) {
        requireMeaningful(config);
        Channels channels = Channels.valueOf(config.lower(KinoliftConfig.CHANNELS).toUpperCase(Locale.ROOT));
        int groups = config.getInt(KinoliftConfig.GROUPS);
        boolean given = config.isGiven(KinoliftConfig.WEIGHTS);
        ConvWeights weights = given ? read(config) : null;
        int[] spanned = given ? weights.kernel() : new int[] {2, 2, 2};
        int[] stride = stride(config, spanned);
        if (!given) {
            weights = defaultWeights(stride, channels, groups);
        }
        int[] kernel = weights.kernel();
        int[] padding = Arrays.stream(stride).map(s -> given ? 0 : ConvWeights.trilinearPadding(s)).toArray();
        try {
            return new TransposedConvolution(
                    weights, stride, numbers(config, KinoliftConfig.PADDING, kernel, 0, padding),
                    numbers(config, KinoliftConfig.OUTPUT_PADDING, kernel, 0, new int[3]),
                    numbers(config, KinoliftConfig.DILATION, kernel, 1, new int[] {1, 1, 1}), groups,
                    Border.valueOf(config.lower(KinoliftConfig.BORDER).toUpperCase(Locale.ROOT)), channels);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(KinoliftConfig.OPERATOR, OPERATOR_NAME, e.getMessage());
        }
    }

    /** Every setting and weight, so that the same text means the same output. */
    static String fingerprint(TransposedConvolution convolution) {
        ConvWeights weights = convolution.weights();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * (weights.values().length + weights.bias().length));
        bytes.asFloatBuffer().put(weights.values()).put(weights.bias());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            return String.join(" ", OPERATOR_NAME, Arrays.toString(weights.kernel()),
                    weights.inChannels() + "/" + weights.outPerGroup(), HexFormat.of().formatHex(hash),
                    Arrays.toString(convolution.stride()), Arrays.toString(convolution.padding()),
                    Arrays.toString(convolution.outputPadding()), Arrays.toString(convolution.dilation()),
                    Integer.toString(convolution.groups()), convolution.border().toString(),
                    convolution.channels().toString());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256 in every Java", e);
        }
    }

    private static void requireMeaningful(KinoliftConfig config) {
        if (!config.getString(KinoliftConfig.SIZE).isBlank()) {
            throw new ConfigException(KinoliftConfig.SIZE, config.getString(KinoliftConfig.SIZE),
                    "expected none with kinolift.operator=" + OPERATOR_NAME + ": kinolift.stride gives the size");
        }
        if (config.getBoolean(KinoliftConfig.ALIGN_CORNERS)) {
            throw new ConfigException(KinoliftConfig.ALIGN_CORNERS, true,
                    "expected false with kinolift.operator=" + OPERATOR_NAME);
        }
        if (config.lower(KinoliftConfig.TEMPORAL_GRID).equals("source")) {
            throw new ConfigException(KinoliftConfig.TEMPORAL_GRID, "source",
                    "expected half-pixel with kinolift.operator=" + OPERATOR_NAME + ": kinolift.padding moves it");
        }
    }

    private static ConvWeights read(KinoliftConfig config) {
        ConvTransposeWeights layer = load(config);
        Tensor weight = layer.weight();
        return new ConvWeights(
                weight.data(), weight.size(0), weight.size(1),
                new int[] {weight.size(2), weight.size(3), weight.size(4)},
                layer.bias().map(Tensor::data).orElse(new float[0]));
    }

    /** What a user should know about weights that show on every picture; empty for other operators. */
    static Optional<String> warning(KinoliftConfig config) {
        if (!isWanted(config) || !config.isGiven(KinoliftConfig.WEIGHTS)) {
            return Optional.empty();
        }
        TransposedConvolution convolution = of(config);
        return Checkerboard.of(load(config), new ConvTransposeGeometry(
                convolution.stride(), convolution.padding(), convolution.outputPadding(), convolution.dilation(),
                convolution.groups())).warning();
    }

    private static ConvTransposeWeights load(KinoliftConfig config) {
        String file = config.getString(KinoliftConfig.WEIGHTS);
        try {
            return ConvTransposeWeights.load(Path.of(file), config.getString(KinoliftConfig.WEIGHTS_PREFIX));
        } catch (IOException e) {
            throw new ConfigException(
                    KinoliftConfig.WEIGHTS, file, "expected a safetensors file, found: " + e.getMessage());
        }
    }

    private static ConvWeights defaultWeights(int[] stride, Channels channels, int groups) {
        int count = channels == Channels.RGB ? 3 : 1;
        if (groups != 1 && groups != count) {
            throw new ConfigException(KinoliftConfig.GROUPS, groups, "expected 1 or " + count + " without weights");
        }
        return ConvWeights.trilinear(stride, count, groups);
    }

    private static int[] stride(KinoliftConfig config, int[] kernel) {
        int[] usual = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            usual[axis] = kernel[axis] > 1 ? USUAL_STRIDE : 1;
        }
        if (!config.isGiven(KinoliftConfig.SCALE_FACTOR)) {
            return numbers(config, KinoliftConfig.STRIDE, kernel, 1, usual);
        }
        Rational[] factors = Plans.factors(config.getString(KinoliftConfig.SCALE_FACTOR));
        int[] whole = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            if (factors[axis].denominator() != 1 || factors[axis].numerator() != (int) factors[axis].numerator()) {
                throw new ConfigException(KinoliftConfig.SCALE_FACTOR, config.getString(KinoliftConfig.SCALE_FACTOR),
                        "expected whole numbers with kinolift.operator=" + OPERATOR_NAME + ", found " + factors[axis]);
            }
            whole[axis] = (int) factors[axis].numerator();
        }
        int[] stride = numbers(config, KinoliftConfig.STRIDE, kernel, 1, whole);
        if (!Arrays.equals(stride, whole)) {
            throw new ConfigException(KinoliftConfig.SCALE_FACTOR, config.getString(KinoliftConfig.SCALE_FACTOR),
                    "expected the same as kinolift.stride, found " + Arrays.toString(stride));
        }
        return stride;
    }

    /** @param alone what an axis gets that the kernel does not span, when there is one number for all */
    private static int[] numbers(KinoliftConfig config, String name, int[] kernel, int alone, int[] otherwise) {
        String text = config.getString(name);
        if (text.isBlank()) {
            return otherwise;
        }
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 3) {
                return Arrays.stream(parts).mapToInt(part -> Integer.parseInt(part.strip())).toArray();
            }
            if (parts.length == 1) {
                int number = Integer.parseInt(text.strip());
                return Arrays.stream(kernel).map(taps -> taps > 1 ? number : alone).toArray();
            }
        } catch (NumberFormatException e) {
            // Said below, as for every other form that is wrong.
        }
        throw new ConfigException(name, text, "expected one whole number or three as time,height,width");
    }
}
