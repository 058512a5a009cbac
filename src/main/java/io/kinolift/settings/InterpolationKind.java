package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;

import io.kinolift.frame.Rational;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.interpolate.Interpolation;
import io.kinolift.upscale.interpolate.InterpolationOperator;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.SpatialTarget;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** Interpolation; each of its modes is an operator by name. */
final class InterpolationKind implements OperatorKind {
    private static final SettingList SETTINGS = SettingList.ofOperator().take(OperatorSettings.SCALE_FACTOR);

    static final Setting<String> SIZE = SETTINGS.declare(Setting.ofString("kinolift.size", "")
            .importance(HIGH)
            .text("Output size as WIDTHxHEIGHT. It replaces the last two scale factors. Empty: the "
                    + "scale factors apply.")
            .option("WxH", "output size; replaces the factors of height and width")
            .putAsideBy(OperatorSettings.SCALE_FACTOR));

    static final Setting<Boolean> ALIGN_CORNERS = SETTINGS.declare(Setting.ofBoolean("kinolift.align.corners", false)
            .importance(LOW)
            .text("Whether the corner samples of input and output coincide, as in PyTorch. In time this "
                    + "needs kinolift.window.edges=independent.")
            .option("", "corner samples of input and output coincide, as in PyTorch"));

    static {
        SETTINGS.take(OperatorSettings.TEMPORAL_GRID)
                .take(OperatorSettings.MOTION)
                .take(OperatorSettings.MOTION_RANGE)
                .take(OperatorSettings.CADENCE);
    }

    @Override
    public List<String> names() {
        return Arrays.stream(Mode.values())
                .map(mode -> mode.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    @Override
    public SettingList settings() {
        return SETTINGS;
    }

    @Override
    public OperatorPlan plan(KinoliftConfig config) {
        return TemporalStage.isAsked(config) ? staged(config) : interpolated(config);
    }

    /** Frames are made in time first, and interpolation enlarges them in space. */
    private static OperatorPlan staged(KinoliftConfig config) {
        if (TemporalStage.evensCadence(config)) {
            requireBetween(config);
        }
        KinoliftConfig spatial = TemporalStage.spatial(config);
        return TemporalStage.of(config).before(interpolated(spatial));
    }

    /** @throws ConfigException if there is nothing to make between two pictures */
    private static void requireBetween(KinoliftConfig config) {
        boolean nearest = config.constant(OperatorKinds.OPERATOR, Mode.class) == Mode.NEAREST;
        if (nearest && !TemporalStage.followsMotion(config)) {
            throw config.refused(
                    OperatorSettings.CADENCE,
                    "expected off with " + OperatorKinds.OPERATOR
                            + "=nearest, which makes nothing between two pictures, or " + OperatorSettings.MOTION
                            + "=on");
        }
        if (config.get(ALIGN_CORNERS) && !OperatorSettings.factors(config)[0].equals(Rational.ONE)) {
            throw config.refused(
                    OperatorSettings.CADENCE,
                    "expected off with " + ALIGN_CORNERS + " and a temporal factor other than 1");
        }
    }

    private static OperatorPlan interpolated(KinoliftConfig config) {
        Interpolation interpolation = interpolation(config);
        Fingerprint fingerprint = Fingerprint.of(config)
                .values(config, OperatorSettings.SCALE_FACTOR, SIZE, ALIGN_CORNERS, OperatorSettings.TEMPORAL_GRID);
        return new OperatorPlan(
                factors(interpolation), fingerprint, Optional.empty(), () -> InterpolationOperator.of(interpolation));
    }

    /** An interpolation of one picture to the configured size. */
    static Operator inSpace(KinoliftConfig config, Mode mode) {
        return InterpolationOperator.of(new Interpolation(
                mode,
                Rational.ONE,
                spatial(config, OperatorSettings.factors(config)),
                mode != Mode.NEAREST && config.get(ALIGN_CORNERS),
                TemporalGrid.HALF_PIXEL));
    }

    private static Interpolation interpolation(KinoliftConfig config) {
        Rational[] factors = OperatorSettings.factors(config);
        boolean independent = config.get(WindowingSettings.WINDOW_EDGES).equals("independent");
        if (config.get(ALIGN_CORNERS) && !independent && !factors[0].equals(Rational.ONE)) {
            throw config.refused(
                    ALIGN_CORNERS,
                    "expected kinolift.window.edges=independent or a temporal factor of 1: where corners lie in time "
                            + "is known only when a window is a tensor of its own");
        }
        try {
            return new Interpolation(
                    config.constant(OperatorKinds.OPERATOR, Mode.class),
                    factors[0],
                    spatial(config, factors),
                    config.get(ALIGN_CORNERS),
                    config.constant(OperatorSettings.TEMPORAL_GRID, TemporalGrid.class));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private static SpatialTarget spatial(KinoliftConfig config, Rational[] factors) {
        String size = config.get(SIZE);
        if (size.isBlank()) {
            return new SpatialTarget.Factors(factors[1], factors[2]);
        }
        String[] sides = size.strip().split("x", -1);
        try {
            if (sides.length == 2) {
                return new SpatialTarget.Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
            }
        } catch (NumberFormatException e) {
            // Refused below, as every other wrong form is.
        }
        throw config.refused(SIZE, "expected WIDTHxHEIGHT, such as 3840x2160");
    }

    private static String factors(Interpolation interpolation) {
        String time = interpolation.temporalFactor().toString();
        return switch (interpolation.spatial()) {
            case SpatialTarget.Factors(Rational height, Rational width) -> time + "," + height + "," + width;
            case SpatialTarget.Size(int width, int height) -> time + " in time, to " + width + "x" + height;
        };
    }
}
