package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

/** What the instances share out among each other. */
public final class ParallelismSettings {
    static final SettingList SETTINGS = new SettingList();
    private static final String WINDOW = "window";

    public static final Setting<String> PARALLELISM = SETTINGS.declare(Setting.ofString(
                    "kinolift.parallelism", "stream")
            .choices("stream", WINDOW)
            .importance(MEDIUM)
            .text("What instances share out. stream: partitions of the input, so each stream is upscaled by one "
                    + "instance. window: the windows of each stream, which go to any instance through two topics that the "
                    + "application makes. All instances need the same value. See src/doc/parallelism.md.")
            .option("stream|window", "what instances share out: whole streams (default), or the windows of each"));

    public static final Setting<Integer> LANES = SETTINGS.declare(Setting.ofInt("kinolift.parallelism.lanes", 8)
            .valid(between(1, 10_000))
            .importance(LOW)
            .text("With kinolift.parallelism=window: partitions of the topic of windows, which is how many windows can "
                    + "be upscaled at once. A multiple of the number of all stream threads."));

    public static final Setting<Integer> WINDOWS_AHEAD = SETTINGS.declare(Setting.ofInt(
                    "kinolift.parallelism.windows", 24)
            .valid(between(1, 100_000))
            .importance(LOW)
            .text("With kinolift.parallelism=window: windows of one partition of the input that may be on their way, "
                    + "or wait for one that is. With more, the partition is not read for a while. Three times the lanes "
                    + "keep all instances busy; outcomes of so many windows may wait in the state folder."));

    public static final Setting<Integer> WINDOW_BYTES = SETTINGS.declare(Setting.ofInt(
                    "kinolift.parallelism.window.bytes", 16_777_216)
            .valid(between(1 << 16, 1 << 30))
            .importance(LOW)
            .text("With kinolift.parallelism=window: the largest record of the topic of windows, in bytes. A window "
                    + "with larger frames is upscaled by the instance that has cut it."));

    private ParallelismSettings() {}

    /** Whether the windows of each stream are shared out. */
    public static boolean byWindow(KinoliftConfig config) {
        return config.get(PARALLELISM).equals(WINDOW);
    }
}
