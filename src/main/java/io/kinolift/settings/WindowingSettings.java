package io.kinolift.settings;

import static io.kinolift.settings.Setting.Trait.SHAPES_OUTPUT;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

/** How a stream is cut into windows, and how long it may be silent. */
public final class WindowingSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<Integer> WINDOW_SIZE = SETTINGS.declare(Setting.ofInt("kinolift.window.size", 8)
            .valid(between(1, 100_000))
            .importance(MEDIUM)
            .text("Core frames per window. Larger windows use cores better; 1 has the least latency. "
                    + "The result does not depend on it.")
            .option("N", "core frames per window (default 8)"));

    public static final Setting<String> WINDOW_EDGES =
            SETTINGS.declare(Setting.ofString("kinolift.window.edges", "seamless")
                    .choices("seamless", "independent")
                    .importance(LOW)
                    .text("Frames that an operator sees beyond its window. seamless: the frames of the "
                            + "neighbouring windows. independent: none, each window is a tensor of its own.")
                    .option("EDGES", "seamless (default) or independent")
                    .with(SHAPES_OUTPUT));

    public static final Setting<Long> WINDOW_TIMEOUT = SETTINGS.declare(Setting.ofLong(
                    "kinolift.window.timeout.ms", 60_000L)
            .valid(atLeast(1))
            .importance(LOW)
            .text("Longest time for one task of a window. After it the stream thread stops with an error. If tasks "
                    + "still run after as long again, the memory that they use is not freed."));

    public static final Setting<Long> IDLE_TIMEOUT = SETTINGS.declare(Setting.ofLong("kinolift.idle.timeout.ms", 500L)
            .valid(atLeast(2))
            .importance(MEDIUM)
            .text("Time without a frame of a stream after which outputs that are already final leave an "
                    + "open window."));

    public static final Setting<Long> STREAM_END_TIMEOUT =
            SETTINGS.declare(Setting.ofLong("kinolift.stream.end.timeout.ms", 0L)
                    .valid(atLeast(0))
                    .importance(LOW)
                    .text("Time without a record of a stream after which the stream is ended, as if its "
                            + "producer had ended it. Broker outages and backlogs also count as silence, so choose "
                            + "a time longer than both. Later frames are dropped (AFTER_END) until frame 0 or a "
                            + "higher session begins. Besides kinolift.latency.budget.ms, this is the only setting "
                            + "that lets a clock change the output. "
                            + "0 waits for ever."));

    public static final Setting<Long> STREAM_RETENTION = SETTINGS.declare(
            Setting.ofLong("kinolift.stream.retention.ms", 86_400_000L)
                    .valid(atLeast(0))
                    .importance(LOW)
                    .text(
                            "How long a stream is remembered that ended, rests or never had a frame, so that late frames are recognised."));

    private WindowingSettings() {}
}
