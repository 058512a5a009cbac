package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

/** How late a live stream may be. */
public final class LatencySettings {
    /** Longer delays are not live. */
    private static final long HOUR_MILLIS = 3_600_000;

    static final SettingList SETTINGS = new SettingList(Setting.Trait.PER_STREAM);

    public static final Setting<Long> LATENCY_BUDGET = SETTINGS.declare(
            Setting.ofLong("kinolift.latency.budget.ms", 0L)
                    .valid(between(0, HOUR_MILLIS))
                    .importance(MEDIUM)
                    .text(
                            "How long an output of a live stream may take. A stream whose windows are begun later than half of "
                                    + "this after the timestamp of their newest record goes down a level: fitted weights instead of "
                                    + "adaptive ones, trilinear, blends instead of motion, the nearest source frame, that enlarged by "
                                    + "nearest. It climbs back when it has been calm for a while. Each output says its level. 0: no "
                                    + "stream ever leaves its plan. See src/doc/latency.md.")
                    .option(
                            "MS",
                            "how long outputs of a live stream may take; its pictures are made more simply when it is late (default 0: never)"));

    private LatencySettings() {}
}
