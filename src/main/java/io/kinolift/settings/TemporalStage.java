package io.kinolift.settings;

import io.kinolift.frame.Rational;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.cadence.CadenceOperator;
import io.kinolift.upscale.compose.ComposedOperator;
import io.kinolift.upscale.interpolate.BlendBetween;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.upscale.motion.MotionBetween;
import io.kinolift.upscale.motion.MotionOperator;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/**
 * The factor in time of a spatial operator: frames between neighbouring inputs are made first.
 *
 * @param factor output frames per input frame; 1 changes nothing without cadence
 * @param motion whether they follow the motion, rather than being blends
 * @param motionRange samples that anything may move from input to input
 * @param cadence whether they also take the place of repeated pictures
 */
record TemporalStage(Rational factor, TemporalGrid grid, boolean motion, int motionRange, boolean cadence) {
    /** The factor in time that is asked for; 1 if none of scale factor, motion and cadence is. */
    static TemporalStage of(KinoliftConfig config) {
        boolean asked = config.isGiven(OperatorSettings.SCALE_FACTOR) || isAsked(config);
        Rational factor = asked ? OperatorSettings.factors(config)[0] : Rational.ONE;
        return new TemporalStage(
                factor,
                config.constant(OperatorSettings.TEMPORAL_GRID, TemporalGrid.class),
                followsMotion(config),
                config.get(OperatorSettings.MOTION_RANGE),
                evensCadence(config));
    }

    /** Whether there has to be a temporal stage, so that the operator works in space only. */
    static boolean isAsked(KinoliftConfig config) {
        return followsMotion(config) || evensCadence(config);
    }

    /** @throws ConfigException naming the setting that asks for a temporal stage, because of what it cannot go with */
    static void refuse(KinoliftConfig config, String reason) {
        if (isAsked(config)) {
            throw config.refused(
                    followsMotion(config) ? OperatorSettings.MOTION : OperatorSettings.CADENCE,
                    "expected off " + reason);
        }
    }

    /** Whether repeated pictures are to be replaced. */
    static boolean evensCadence(KinoliftConfig config) {
        return config.get(OperatorSettings.CADENCE).equals("on");
    }

    /** Whether frames between inputs are to follow the motion. */
    static boolean followsMotion(KinoliftConfig config) {
        return config.get(OperatorSettings.MOTION).equals("on");
    }

    /** Settings for the spatial operator alone: the given ones, without a factor in time. */
    static KinoliftConfig spatial(KinoliftConfig config) {
        Rational[] factors = OperatorSettings.factors(config);
        Map<String, Object> spatial = new HashMap<>(config.originals());
        spatial.put(OperatorSettings.SCALE_FACTOR.name(), "1," + factors[1] + "," + factors[2]);
        spatial.remove(OperatorSettings.TEMPORAL_GRID.name());
        // Given, so that no preset turns it on again.
        spatial.put(OperatorSettings.MOTION.name(), "off");
        spatial.put(OperatorSettings.CADENCE.name(), "off");
        return new KinoliftConfig(spatial);
    }

    /** @param spatial the plan of an operator without an extent in time */
    OperatorPlan before(OperatorPlan spatial) {
        if (factor.equals(Rational.ONE) && !cadence) {
            return spatial;
        }
        String inSpace = spatial.factors().substring(spatial.factors().indexOf(','));
        return new OperatorPlan(
                factor + inSpace,
                spatial.fingerprint()
                        .resolved(
                                (cadence ? "cadence " : "") + (motion ? "motion " + motionRange + " " : "blend ")
                                        + factor + " " + grid,
                                OperatorSettings.MOTION,
                                OperatorSettings.MOTION_RANGE,
                                OperatorSettings.CADENCE,
                                OperatorSettings.SCALE_FACTOR,
                                OperatorSettings.TEMPORAL_GRID),
                spatial.warning(),
                () -> make(spatial));
    }

    private Operator make(OperatorPlan spatial) {
        if (cadence) {
            return ComposedOperator.of(
                    new CadenceOperator(factor, grid, motion ? new MotionBetween(motionRange) : new BlendBetween()),
                    spatial.make());
        }
        return motion
                ? ComposedOperator.of(MotionOperator.of(factor, grid, motionRange), spatial.make())
                : ComposedOperator.blending(factor, grid, spatial.make());
    }
}
