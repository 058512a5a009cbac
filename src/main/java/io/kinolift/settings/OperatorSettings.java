package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.kinolift.frame.Rational;

/** Settings that several kinds of operator take. */
public final class OperatorSettings {
    static final SettingList SETTINGS = SettingList.ofOperator();

    public static final Setting<String> SCALE_FACTOR = SETTINGS.declare(
            Setting.ofString("kinolift.scale.factor", "2,2,2")
                    .importance(HIGH)
                    .text("Output size divided by input size, as time,height,width. Each factor is an exact "
                            + "number such as 2, 5/2 or 1.15.")
                    .option(
                            "T,H,W",
                            "output over input in time, height, width; exact numbers such as 2, 5/2 or 1.15 (default 2,2,2)"));

    public static final Setting<String> TEMPORAL_GRID = SETTINGS.declare(Setting.ofString(
                    "kinolift.temporal.grid", "half-pixel")
            .choices("half-pixel", "source")
            .importance(MEDIUM)
            .text("Position of output o in time, with s the factor in time. half-pixel: at input (o + "
                    + "0.5)/s - 0.5. source: at input o/s, so input frames pass through unchanged.")
            .option("GRID", "half-pixel (default), or source: input frames pass through, new ones lie between"));

    public static final Setting<String> MOTION = SETTINGS.declare(Setting.ofString("kinolift.motion", "off")
            .choices("off", "on")
            .importance(MEDIUM)
            .text("How frames between two inputs are made. off: as a blend of both, or by weights with an extent in "
                    + "time. on: along the motion, before the operator works in space. It takes several times as long.")
            .option("MOTION", "frames between inputs: off (default) blends them, on follows the motion"));

    public static final Setting<String> CHANNELS = SETTINGS.declare(Setting.ofString("kinolift.channels", "luma")
            .choices("luma", "planes", "rgb")
            .importance(HIGH)
            .text("The channels of the weights or the network. luma: luma only, and chroma is "
                    + "interpolated. planes: every plane by itself. rgb: red, green and blue.")
            .option("CHANNELS", "channels that it works on: luma (default), planes or rgb"));

    private OperatorSettings() {}

    /** Time, height, width; one number stands for all three. */
    static Rational[] factors(KinoliftConfig config) {
        String[] parts = config.get(SCALE_FACTOR).split(",", -1);
        if (parts.length != 1 && parts.length != 3) {
            throw config.refused(SCALE_FACTOR, "expected one factor or three as time,height,width");
        }
        Rational[] factors = new Rational[3];
        for (int axis = 0; axis < 3; axis++) {
            try {
                factors[axis] = Rational.parse(parts[parts.length == 1 ? 0 : axis]);
            } catch (IllegalArgumentException e) {
                throw config.refused(SCALE_FACTOR, e.getMessage());
            }
        }
        return factors;
    }
}
