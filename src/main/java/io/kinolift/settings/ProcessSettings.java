package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

/** Start, restart and stop of the application. */
public final class ProcessSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<String> START_CHECK = SETTINGS.declare(Setting.ofString(
                    "kinolift.start.check", "refuse")
            .choices("refuse", "warn", "off")
            .importance(LOW)
            .text("What happens at start when sizes, memory, speed and time limits do not go together and cannot be "
                    + "corrected: refuse, warn, or no check at all."));

    public static final Setting<Integer> THREAD_RESTARTS = SETTINGS.declare(Setting.ofInt("kinolift.thread.restarts", 3)
            .valid(between(0, 1000))
            .importance(LOW)
            .text("How often within ten minutes a failed stream thread is started again before the application "
                    + "stops."));

    public static final Setting<Long> STOP_TIMEOUT =
            SETTINGS.declare(Setting.ofLong("kinolift.stop.timeout.ms", 30_000L)
                    .valid(atLeast(1))
                    .importance(LOW)
                    .text("How long stopping may take before what is under way is left to the next start."));

    public static final Setting<String> JOURNAL_DIR = SETTINGS.declare(Setting.ofString("kinolift.journal.dir", "")
            .importance(LOW)
            .text("Folder of the journal of frames being decoded, for this instance alone. Empty: the state folder's "
                    + "name with -journal."));

    private ProcessSettings() {}
}
