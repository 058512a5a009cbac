package io.kinolift.settings;

import io.kinolift.frame.Rational;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import org.apache.kafka.common.config.ConfigException;

/** From configuration to an interpolation. */
final class InterpolationPlan {
    private InterpolationPlan() {}

    /** @throws ConfigException naming the setting, for values that do not go together */
    static Interpolation of(KinoliftConfig config) {
        boolean alignCorners = config.getBoolean(KinoliftConfig.ALIGN_CORNERS);
        Rational[] factors = factors(config.getString(KinoliftConfig.SCALE_FACTOR));
        boolean independent = config.lower(KinoliftConfig.WINDOW_EDGES).equals("independent");
        if (alignCorners && !independent && !factors[0].equals(Rational.ONE)) {
            throw new ConfigException(
                    KinoliftConfig.ALIGN_CORNERS,
                    true,
                    "expected kinolift.window.edges=independent or a temporal factor of 1: where corners lie in time "
                            + "is known only when a window is a tensor of its own");
        }
        try {
            return new Interpolation(
                    Mode.valueOf(Plans.constant(config, KinoliftConfig.OPERATOR)),
                    factors[0],
                    spatial(config.getString(KinoliftConfig.SIZE), factors),
                    alignCorners,
                    TemporalGrid.valueOf(Plans.constant(config, KinoliftConfig.TEMPORAL_GRID)));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private static SpatialTarget spatial(String size, Rational[] factors) {
        if (size.isBlank()) {
            return new SpatialTarget.Factors(factors[1], factors[2]);
        }
        String[] sides = size.strip().split("x", -1);
        try {
            if (sides.length == 2) {
                return new SpatialTarget.Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
            }
        } catch (NumberFormatException e) {
            // Said below, as for every other form that is wrong.
        }
        throw new ConfigException(KinoliftConfig.SIZE, size, "expected WIDTHxHEIGHT, such as 3840x2160");
    }

    /** Time, height, width; one number stands for all three. */
    static Rational[] factors(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 1 && parts.length != 3) {
            throw new ConfigException(
                    KinoliftConfig.SCALE_FACTOR, text, "expected one factor or three as time,height,width");
        }
        Rational[] factors = new Rational[3];
        for (int axis = 0; axis < 3; axis++) {
            try {
                factors[axis] = Rational.parse(parts[parts.length == 1 ? 0 : axis]);
            } catch (IllegalArgumentException e) {
                throw new ConfigException(KinoliftConfig.SCALE_FACTOR, text, e.getMessage());
            }
        }
        return factors;
    }

    /** Every setting, so that the same text means the same output. */
    static String fingerprint(KinoliftConfig config) {
        return String.join(
                " ",
                config.lower(KinoliftConfig.OPERATOR),
                config.getString(KinoliftConfig.SCALE_FACTOR),
                config.getString(KinoliftConfig.SIZE),
                config.getBoolean(KinoliftConfig.ALIGN_CORNERS).toString(),
                config.lower(KinoliftConfig.TEMPORAL_GRID));
    }

    /** How much larger, in time, height and width. */
    static String summary(Interpolation interpolation) {
        String time = interpolation.temporalFactor().toString();
        return switch (interpolation.spatial()) {
            case SpatialTarget.Factors(Rational height, Rational width) -> time + "," + height + "," + width;
            case SpatialTarget.Size(int width, int height) -> time + " in time, to " + width + "x" + height;
        };
    }
}
