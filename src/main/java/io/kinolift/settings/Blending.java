package io.kinolift.settings;

import io.kinolift.frame.Rational;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.compose.ComposedOperator;
import io.kinolift.upscale.interpolate.TemporalGrid;
import java.util.HashMap;
import java.util.Map;

/**
 * The factor in time that a spatial operator does not have itself: neighbouring inputs are blended first.
 *
 * @param factor output frames per input frame; 1 changes nothing
 */
record Blending(Rational factor, TemporalGrid grid) {
    /** The factor in time that is asked for; 1 if no scale factor is given. */
    static Blending of(KinoliftConfig config) {
        Rational factor =
                config.isGiven(OperatorSettings.SCALE_FACTOR) ? OperatorSettings.factors(config)[0] : Rational.ONE;
        return new Blending(factor, config.constant(OperatorSettings.TEMPORAL_GRID, TemporalGrid.class));
    }

    /** Settings for the spatial operator alone: the given ones, without a factor in time. */
    static KinoliftConfig spatial(KinoliftConfig config) {
        Rational[] factors = OperatorSettings.factors(config);
        Map<String, Object> spatial = new HashMap<>(config.originals());
        spatial.put(OperatorSettings.SCALE_FACTOR.name(), "1," + factors[1] + "," + factors[2]);
        spatial.remove(OperatorSettings.TEMPORAL_GRID.name());
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
                                "blend " + factor + " " + grid,
                                OperatorSettings.SCALE_FACTOR,
                                OperatorSettings.TEMPORAL_GRID),
                spatial.warning(),
                () -> make(spatial));
    }

    private Operator make(OperatorPlan spatial) {
        return ComposedOperator.blending(factor, grid, spatial.make());
    }
}
