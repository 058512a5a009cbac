package io.kinolift.settings;

import io.kinolift.files.FileFault;
import io.kinolift.frame.Rational;
import io.kinolift.frame.Sha256;
import io.kinolift.upscale.adapt.FilterBank;
import io.kinolift.weights.AdaptiveWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/** From configuration to adaptive weights: those that come with Kinolift, or a file that {@code fit --adaptive} wrote. */
final class AdaptivePlan {
    /** In place of a file: the bank that comes with Kinolift. */
    static final String ADAPTIVE = "adaptive";
    /** A bank says them itself. */
    private static final List<Setting<String>> FIXED = List.of(
            ConvTransposeKind.WEIGHTS_PREFIX,
            ConvTransposeKind.STRIDE,
            ConvTransposeKind.PADDING,
            ConvTransposeKind.OUTPUT_PADDING,
            ConvTransposeKind.DILATION);

    private AdaptivePlan() {}

    static boolean isWanted(KinoliftConfig config) {
        if (isShipped(config)) {
            return true;
        }
        try {
            return ConvLayer.isFile(config) && AdaptiveWeights.isIn(Path.of(config.get(ConvTransposeKind.WEIGHTS)));
        } catch (IOException | InvalidPathException _) {
            // Reading it as a layer will report the fault.
            return false;
        }
    }

    private static boolean isShipped(KinoliftConfig config) {
        return config.get(ConvTransposeKind.WEIGHTS).equalsIgnoreCase(ADAPTIVE);
    }

    /** @throws ConfigException naming the setting, for values that do not go with a bank or a file that cannot be used */
    static AdaptiveWeights of(KinoliftConfig config) {
        for (Setting<String> setting : FIXED) {
            require(!config.isGiven(setting), config, setting, "none");
        }
        require(config.get(ConvTransposeKind.GROUPS) == 1, config, ConvTransposeKind.GROUPS, "1");
        require(config.get(ConvTransposeKind.BORDER).equals("edge"), config, ConvTransposeKind.BORDER, "edge");
        require(config.get(OperatorSettings.CHANNELS).equals("luma"), config, OperatorSettings.CHANNELS, "luma");
        if (config.isGiven(OperatorSettings.SCALE_FACTOR)) {
            Rational[] factors = OperatorSettings.factors(config);
            int[] fixed = AdaptiveWeights.shippedFactors();
            require(
                    factors[1].equals(Rational.of(fixed[1])) && factors[2].equals(Rational.of(fixed[2])),
                    config,
                    OperatorSettings.SCALE_FACTOR,
                    "any factor in time and " + fixed[1] + "," + fixed[2] + " in space");
        }
        try {
            return isShipped(config)
                    ? AdaptiveWeights.shipped()
                    : AdaptiveWeights.read(Path.of(config.get(ConvTransposeKind.WEIGHTS)));
        } catch (IOException e) {
            throw config.refused(ConvTransposeKind.WEIGHTS, "expected adaptive weights, found: " + FileFault.text(e));
        }
    }

    /** @throws ConfigException if the weights are for other classes */
    static FilterBank bank(KinoliftConfig config, AdaptiveWeights weights) {
        try {
            return new FilterBank(weights.classes(), weights.bank().data());
        } catch (IllegalArgumentException e) {
            throw config.refused(ConvTransposeKind.WEIGHTS, "expected adaptive weights, found: " + e.getMessage());
        }
    }

    /** Every weight; all other settings are as a bank has them. */
    static Fingerprint fingerprint(KinoliftConfig config, FilterBank bank) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * bank.values().length);
        bytes.asFloatBuffer().put(bank.values());
        return Fingerprint.of(config)
                .resolved(bank.classes())
                .resolved(Sha256.of(bytes.array()), ConvTransposeKind.WEIGHTS)
                .without(OperatorSettings.SCALE_FACTOR, OperatorSettings.TEMPORAL_GRID);
    }

    private static void require(boolean met, KinoliftConfig config, Setting<?> setting, String expected) {
        if (!met) {
            throw config.refused(setting, "expected " + expected + " with adaptive weights");
        }
    }
}
