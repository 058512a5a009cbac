package io.kinolift.settings;

import io.kinolift.frame.Rational;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.compose.ComposedOperator;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.upscale.motion.MotionOperator;
import java.util.HashMap;
import java.util.Map;

/**
 * The factor in time of a spatial operator: frames between neighbouring inputs are made first.
 *
 * @param factor output frames per input frame; 1 changes nothing
 * @param motion whether they follow the motion, rather than being blends
 */
record TemporalStage(Rational factor, TemporalGrid grid, boolean motion) {
    /** The factor in time that is asked for; 1 if neither a scale factor nor motion is. */
    static TemporalStage of(KinoliftConfig config) {
        boolean asked = config.isGiven(OperatorSettings.SCALE_FACTOR) || followsMotion(config);
        Rational factor = asked ? OperatorSettings.factors(config)[0] : Rational.ONE;
        return new TemporalStage(
                factor, config.constant(OperatorSettings.TEMPORAL_GRID, TemporalGrid.class), followsMotion(config));
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
        return new KinoliftConfig(spatial);
    }

    /** @param spatial the plan of an operator without an extent in time */
    OperatorPlan before(OperatorPlan spatial) {
        if (factor.equals(Rational.ONE)) {
            return spatial;
        }
        String inSpace = spatial.factors().substring(spatial.factors().indexOf(','));
        return new OperatorPlan(
                factor + inSpace,
                spatial.fingerprint()
                        .resolved(
                                (motion ? "motion " : "blend ") + factor + " " + grid,
                                OperatorSettings.MOTION,
                                OperatorSettings.SCALE_FACTOR,
                                OperatorSettings.TEMPORAL_GRID),
                spatial.warning(),
                () -> make(spatial));
    }

    private Operator make(OperatorPlan spatial) {
        return motion
                ? ComposedOperator.of(MotionOperator.of(factor, grid), spatial.make())
                : ComposedOperator.blending(factor, grid, spatial.make());
    }
}
