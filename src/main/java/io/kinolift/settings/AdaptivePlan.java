package io.kinolift.settings;

import io.kinolift.frame.Rational;
import io.kinolift.upscale.adapt.FilterBank;
import io.kinolift.weights.AdaptiveWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/** From configuration to adaptive weights: those that come with Kinolift, or a file that {@code fit --adaptive} wrote. */
final class AdaptivePlan {
    /** In place of a file: the bank that comes with Kinolift. */
    static final String ADAPTIVE = "adaptive";
    /** A bank says them itself. */
    private static final List<String> FIXED = List.of(
            KinoliftConfig.WEIGHTS_PREFIX,
            KinoliftConfig.STRIDE,
            KinoliftConfig.PADDING,
            KinoliftConfig.OUTPUT_PADDING,
            KinoliftConfig.DILATION);

    private AdaptivePlan() {}

    static boolean isWanted(KinoliftConfig config) {
        if (!ConvTransposePlan.isWanted(config) || !config.isGiven(KinoliftConfig.WEIGHTS)) {
            return false;
        }
        if (config.lower(KinoliftConfig.WEIGHTS).equals(ADAPTIVE)) {
            return true;
        }
        try {
            return ConvLayer.isFile(config) && AdaptiveWeights.isIn(Path.of(config.getString(KinoliftConfig.WEIGHTS)));
        } catch (IOException | InvalidPathException _) {
            // Whoever reads it as a layer says what is wrong.
            return false;
        }
    }

    /** @throws ConfigException naming the setting, for values that do not go with a bank or a file that cannot be used */
    static AdaptiveWeights of(KinoliftConfig config) {
        ConvTransposePlan.requireMeaningful(config);
        for (String name : FIXED) {
            require(!config.isGiven(name), config, name, "none");
        }
        require(config.getInt(KinoliftConfig.GROUPS) == 1, config, KinoliftConfig.GROUPS, "1");
        require(config.lower(KinoliftConfig.BORDER).equals("edge"), config, KinoliftConfig.BORDER, "edge");
        require(config.lower(KinoliftConfig.CHANNELS).equals("luma"), config, KinoliftConfig.CHANNELS, "luma");
        if (config.isGiven(KinoliftConfig.SCALE_FACTOR)) {
            Rational[] factors = InterpolationPlan.factors(config.getString(KinoliftConfig.SCALE_FACTOR));
            Rational[] fixed = Arrays.stream(AdaptiveWeights.SHIPPED_FACTORS)
                    .mapToObj(Rational::of)
                    .toArray(Rational[]::new);
            require(
                    Arrays.equals(factors, fixed),
                    config,
                    KinoliftConfig.SCALE_FACTOR,
                    Arrays.stream(fixed).map(Rational::toString).collect(Collectors.joining(",")));
        }
        String file = config.getString(KinoliftConfig.WEIGHTS);
        try {
            return config.lower(KinoliftConfig.WEIGHTS).equals(ADAPTIVE)
                    ? AdaptiveWeights.shipped()
                    : AdaptiveWeights.read(Path.of(file));
        } catch (IOException e) {
            throw new ConfigException(
                    KinoliftConfig.WEIGHTS, file, "expected adaptive weights, found: " + e.getMessage());
        }
    }

    /** @throws ConfigException if the weights are for other classes */
    static FilterBank bank(KinoliftConfig config, AdaptiveWeights weights) {
        try {
            return new FilterBank(weights.classes(), weights.bank().data());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    KinoliftConfig.WEIGHTS,
                    config.getString(KinoliftConfig.WEIGHTS),
                    "expected adaptive weights, found: " + e.getMessage());
        }
    }

    /** Every weight, so that the same text means the same output. */
    static String fingerprint(FilterBank bank) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * bank.values().length);
        bytes.asFloatBuffer().put(bank.values());
        return String.join(" ", ConvTransposePlan.OPERATOR_NAME, bank.classes(), ConvTransposePlan.hash(bytes));
    }

    private static void require(boolean met, KinoliftConfig config, String name, String expected) {
        if (!met) {
            throw new ConfigException(
                    name, config.originals().get(name), "expected " + expected + " with adaptive weights");
        }
    }
}
