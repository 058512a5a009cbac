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
        String channels = config.lower(KinoliftConfig.CHANNELS);
        String text = config.lower(KinoliftConfig.OVERSHOOT);
        if (text.isBlank()) {
            return new Overshoot(channels.equals("luma") ? written(config, metadata) : OptionalDouble.empty());
        }
        if (text.equals(OFF)) {
            return new Overshoot(OptionalDouble.empty());
        }
        if (!channels.equals("luma")) {
            throw new ConfigException(
                    KinoliftConfig.OVERSHOOT, text, "expected off with kinolift.channels=" + channels);
        }
        try {
            double share = Double.parseDouble(text);
            if (share >= 0 && share <= 1) {
                return new Overshoot(OptionalDouble.of(share));
            }
        } catch (NumberFormatException e) {
            // Said below, as for any other text that is no share.
        }
        throw new ConfigException(KinoliftConfig.OVERSHOOT, text, "expected a number from 0 to 1, or off");
    }

    private static OptionalDouble written(KinoliftConfig config, Map<String, String> metadata) {
        try {
            return LayerFile.overshoot(metadata);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(KinoliftConfig.WEIGHTS, config.getString(KinoliftConfig.WEIGHTS), e.getMessage());
        }
    }

    Operator limit(Operator operator) {
        return share.isPresent() ? LimitedOperator.of(operator, share.getAsDouble()) : operator;
    }

    /** The same text means the same limit; none where there is none. */
    String fingerprint() {
        return share.isPresent() ? " overshoot/2 " + share.getAsDouble() : "";
    }
}
