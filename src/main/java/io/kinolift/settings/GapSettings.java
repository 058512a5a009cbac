package io.kinolift.settings;

import static io.kinolift.settings.Setting.Trait.PER_STREAM;
import static io.kinolift.settings.Setting.Trait.SHAPES_OUTPUT;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import org.apache.kafka.common.config.ConfigException;

/** Order, gaps and scene cuts of a stream. */
public final class GapSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<Integer> REORDER_FRAMES = SETTINGS.declare(Setting.ofInt("kinolift.reorder.frames", 16)
            .valid(between(0, 10_000))
            .importance(MEDIUM)
            .text("Most frames of a stream that may wait for an earlier one before it is declared " + "missing."));

    public static final Setting<Long> REORDER_BYTES =
            SETTINGS.declare(Setting.ofLong("kinolift.reorder.bytes", 67_108_864L)
                    .valid(atLeast(0))
                    .importance(LOW)
                    .text("Most payload bytes of a stream that may wait for an earlier frame before it is "
                            + "declared missing."));

    public static final Setting<String> GAP = SETTINGS.declare(Setting.ofString("kinolift.gap", "split")
            .choices("split", "hold", "bridge")
            .importance(MEDIUM)
            .text("Treatment of missing frames. split ends the segment before the gap. hold repeats the "
                    + "frame before the gap. bridge blends the frames on both sides by their distance in "
                    + "time.")
            .option("POLICY", "places whose frames did not come: split (default), hold or bridge")
            .with(SHAPES_OUTPUT));

    public static final Setting<Integer> GAP_FRAMES = SETTINGS.declare(Setting.ofInt("kinolift.gap.frames", 50)
            .valid(between(0, 10_000))
            .importance(LOW)
            .text("Longest gap, in frames, that hold and bridge fill. A longer gap splits the segment. "
                    + "So does a gap whose two sides together have more than kinolift.max.frame.bytes.")
            .with(SHAPES_OUTPUT));

    public static final Setting<Long> TIME_JUMP = SETTINGS.declare(Setting.ofLong("kinolift.time.jump.ms", 3_600_000L)
            .valid(between(1, 315_360_000_000L))
            .importance(LOW)
            .text(
                    "Longest time between the pts of two neighbouring frames; the default is an hour. A frame further ahead "
                            + "becomes a dead letter, unless it is marked as a discontinuity. If the next frame goes on from "
                            + "there, the clock was set, and frames are taken again."));

    public static final Setting<String> SCENE_CUT = SETTINGS.declare(Setting.ofString("kinolift.scene.cut", "0.4")
            .valid(GapSettings::requireSceneCut)
            .importance(MEDIUM)
            .text("Least difference between two neighbouring pictures of different shots, which are "
                    + "never blended: from 0 (alike) to 1 (unrelated) and beyond. off: no scene cuts. Not "
                    + "used if a window is a tensor whose corners are aligned in time.")
            .option(
                    "THRESHOLD|off",
                    "how unlike two pictures must be that are never blended, 0 to 1 and beyond (default 0.4)")
            .with(PER_STREAM)
            .with(SHAPES_OUTPUT));

    private GapSettings() {}

    /** The threshold above which two pictures belong to different shots; infinite for off. */
    public static double sceneCut(KinoliftConfig config) {
        String value = config.get(SCENE_CUT);
        return value.equalsIgnoreCase("off") ? Double.POSITIVE_INFINITY : Double.parseDouble(value);
    }

    private static void requireSceneCut(String name, Object value) {
        String text = String.valueOf(value);
        try {
            if (text.equalsIgnoreCase("off") || Double.parseDouble(text) >= 0) {
                return;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is negative or none.
        }
        throw new ConfigException(name, value, "expected off or a threshold of at least 0");
    }
}
