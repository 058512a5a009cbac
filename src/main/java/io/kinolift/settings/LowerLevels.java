package io.kinolift.settings;

import io.kinolift.engine.Level;
import io.kinolift.engine.Levels;
import io.kinolift.frame.Rational;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.cadence.CadenceOperator;
import io.kinolift.upscale.compose.ComposedOperator;
import io.kinolift.upscale.compose.NearestInTime;
import io.kinolift.upscale.interpolate.BlendBetween;
import io.kinolift.upscale.interpolate.Mode;
import io.kinolift.upscale.interpolate.TemporalGrid;
import io.kinolift.upscale.level.SameSize;
import io.kinolift.upscale.level.StandIn;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The levels of a plan, from its configuration and its operator. Each level gives up one thing more; one that would change
 * nothing is left out, and so is one that needs frames that the planned operator does not.
 */
final class LowerLevels {
    /** Picture sides that tell whether an operator enlarges at all. */
    private static final int[] SIDES = {64, 1000};

    private final KinoliftConfig config;
    private final Operator planned;
    /** The operator as its kind made it. */
    private final Operator made;

    private final Map<Level, Operator> levels = new EnumMap<>(Level.class);

    private LowerLevels(KinoliftConfig config, Operator planned) {
        this.config = config;
        this.planned = planned;
        this.made = planned instanceof PresetOperator preset ? preset.operator() : planned;
    }

    /** None without a budget: nothing is made that is not used. */
    static Levels of(KinoliftConfig config, Operator planned) {
        long budget = config.get(LatencySettings.LATENCY_BUDGET);
        return budget == 0 ? Levels.NONE : new Levels(budget, new LowerLevels(config, planned).levels());
    }

    private Map<Level, Operator> levels() {
        boolean adaptive = isOperator(ConvTransposeKind.NAME) && AdaptivePlan.isWanted(config);
        if (adaptive) {
            add(Level.FITTED, before(fitted()));
        }
        if (!isInterpolated()) {
            add(Level.TRILINEAR, made instanceof ComposedOperator ? before(inSpace()) : inSpaceAndTime());
        }
        if (TemporalStage.followsMotion(config) && isStaged()) {
            add(Level.BLEND, TemporalStage.evensCadence(config) ? cadence() : inSpaceAndTime());
        }
        if (hasExtentInTime()) {
            add(Level.SPATIAL, new NearestInTime(planned.timeGrid(), inSpace()));
        }
        if (!isOperator("nearest") && enlarges()) {
            add(Level.NEAREST, new NearestInTime(planned.timeGrid(), inSpace(Mode.NEAREST)));
        }
        return levels;
    }

    private void add(Level level, Operator operator) {
        Optional<Operator> standIn = StandIn.of(planned, operator);
        standIn.ifPresent(fitting -> levels.put(level, fitting));
    }

    private boolean isOperator(String name) {
        return config.get(OperatorKinds.OPERATOR).equals(name);
    }

    /** Whether linear interpolation, or less, is what is planned in space. */
    private boolean isInterpolated() {
        return isOperator("trilinear") || isOperator("bilinear") || isOperator("nearest");
    }

    /** Whether pictures are made in time before they are enlarged. */
    private boolean isStaged() {
        return made instanceof ComposedOperator;
    }

    private boolean hasExtentInTime() {
        boolean nearestBoth = isOperator("nearest") && !TemporalStage.isAsked(config);
        return !nearestBoth
                && (!planned.timeGrid().factor().equals(Rational.ONE)
                        || planned.timeGrid().haloBefore() > 0
                        || planned.timeGrid().haloAfter() > 0);
    }

    private boolean enlarges() {
        for (int side : SIDES) {
            if (planned.outputWidth(side) != side || planned.outputHeight(side) != side) {
                return true;
            }
        }
        return false;
    }

    /** With the temporal stage of what is planned, if there is one. */
    private Operator before(Operator spatial) {
        return made instanceof ComposedOperator composed ? composed.withSpatial(spatial) : spatial;
    }

    /** The weights that come with Kinolift for the factors of adaptive ones. */
    private Operator fitted() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(OperatorKinds.OPERATOR.name(), ConvTransposeKind.NAME);
        settings.put(OperatorSettings.SCALE_FACTOR.name(), "1,2,2");
        if (config.isGiven(ConvTransposeKind.OVERSHOOT)) {
            settings.put(ConvTransposeKind.OVERSHOOT.name(), config.get(ConvTransposeKind.OVERSHOOT));
        }
        return Plans.operator(new KinoliftConfig(settings));
    }

    private Operator inSpace() {
        return inSpace(isOperator("nearest") ? Mode.NEAREST : Mode.BILINEAR);
    }

    /** Interpolation keeps its own size and corners; all else is only as large. */
    private Operator inSpace(Mode mode) {
        return interpolates()
                ? InterpolationKind.inSpace(config, mode)
                : new SameSize(planned, mode, Rational.ONE, TemporalGrid.HALF_PIXEL);
    }

    private Operator inSpaceAndTime() {
        if (isOperator("nearest")) {
            return ComposedOperator.blending(planned.timeGrid().factor(), grid(), inSpace());
        }
        return interpolates() && isStaged()
                ? ComposedOperator.blending(planned.timeGrid().factor(), grid(), inSpace())
                : new SameSize(planned, Mode.TRILINEAR, planned.timeGrid().factor(), grid());
    }

    private Operator cadence() {
        return ComposedOperator.of(
                new CadenceOperator(planned.timeGrid().factor(), grid(), new BlendBetween()), inSpace());
    }

    private boolean interpolates() {
        return OperatorKinds.find(config.get(OperatorKinds.OPERATOR)).orElseThrow() instanceof InterpolationKind;
    }

    private TemporalGrid grid() {
        return config.constant(OperatorSettings.TEMPORAL_GRID, TemporalGrid.class);
    }
}
