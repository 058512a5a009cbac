package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.kinolift.frame.Rational;
import io.kinolift.upscale.motion.MotionOperator;

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

    public static final Setting<Integer> MOTION_RANGE =
            SETTINGS.declare(Setting.ofInt("kinolift.motion.range", MotionOperator.DEFAULT_RANGE)
                    .valid(between(0, MotionOperator.MAX_RANGE))
                    .importance(LOW)
                    .text("Samples that anything may move from input to input on each axis with kinolift.motion. What "
                            + "moves further is blended. A larger range finds more wrong matches too."));

    public static final Setting<String> CADENCE = SETTINGS.declare(Setting.ofString("kinolift.cadence", "off")
            .choices("off", "on")
            .importance(MEDIUM)
            .text(
                    "Whether repeated pictures are replaced. on: they are told from the pictures themselves, and time runs "
                            + "evenly between the distinct ones, as blends or along the motion. For film in video of 30 or 60 "
                            + "frames per second, animation on twos and threes, and cameras that repeat pictures for lost ones. "
                            + "Outputs wait for five more inputs. Repeats are counted in the account (REPEAT).")
            .option(
                    "CADENCE",
                    "repeated pictures: off (default) keeps them, on puts pictures in between in their place"));

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
