package io.kinolift.settings;

import io.kinolift.upscale.Operator;
import io.kinolift.upscale.limit.LimitedOperator;
import io.kinolift.weights.LayerFile;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.kafka.common.config.ConfigException;

/** How far luma may leave the range of what is around: a setting, or else what fitted weights say of themselves. */
record Overshoot(OptionalDouble share) {
    private static final String OFF = "off";

    /** @throws ConfigException if the setting is no share, or channels are other than luma */
    static Overshoot of(KinoliftConfig config, Map<String, String> metadata) {
        String channels = config.get(OperatorSettings.CHANNELS);
        String text = config.get(ConvTransposeKind.OVERSHOOT);
        if (text.isBlank()) {
            return new Overshoot(channels.equals("luma") ? written(config, metadata) : OptionalDouble.empty());
        }
        if (text.equalsIgnoreCase(OFF)) {
            return new Overshoot(OptionalDouble.empty());
        }
        if (!channels.equals("luma")) {
            throw config.refused(
                    ConvTransposeKind.OVERSHOOT, "expected off with " + OperatorSettings.CHANNELS + "=" + channels);
        }
        try {
            double share = Double.parseDouble(text);
            if (share >= 0 && share <= 1) {
                return new Overshoot(OptionalDouble.of(share));
            }
        } catch (NumberFormatException e) {
            // Said below, as for any other text that is no share.
        }
        throw config.refused(ConvTransposeKind.OVERSHOOT, "expected a number from 0 to 1, or off");
    }

    private static OptionalDouble written(KinoliftConfig config, Map<String, String> metadata) {
        try {
            return LayerFile.overshoot(metadata);
        } catch (IllegalArgumentException e) {
            throw config.refused(ConvTransposeKind.WEIGHTS, e.getMessage());
        }
    }

    Operator limit(Operator operator) {
        return share.isPresent() ? LimitedOperator.of(operator, share.getAsDouble()) : operator;
    }

    /** The same text means the same limit; none where there is none. */
    Fingerprint addTo(Fingerprint fingerprint) {
        return share.isPresent()
                ? fingerprint.resolved("overshoot/2 " + share.getAsDouble(), ConvTransposeKind.OVERSHOOT)
                : fingerprint.without(ConvTransposeKind.OVERSHOOT);
    }
}
