package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

/** Start, restart and stop of the application. */
public final class ProcessSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<String> START_CHECK =
            SETTINGS.declare(Setting.ofString("kinolift.start.check", "refuse")
                    .choices("refuse", "warn", "off")
                    .importance(LOW)
                    .text("Reaction at start if sizes, memory, speed and time limits do not fit together and "
                            + "cannot be corrected. refuse: do not start. warn: log a warning. off: do not check."));

    public static final Setting<Long> WARM_UP = SETTINGS.declare(Setting.ofLong("kinolift.warmup.ms", 20_000L)
            .valid(between(0, 3_600_000))
            .importance(LOW)
            .text("With kinolift.latency.budget.ms: longest time for making pictures at every level before streams are "
                    + "read, so that Java has compiled what makes them. 0: streams begin at once, and the first windows "
                    + "of each level are late."));

    public static final Setting<Integer> THREAD_RESTARTS = SETTINGS.declare(Setting.ofInt("kinolift.thread.restarts", 3)
            .valid(between(0, 1000))
            .importance(LOW)
            .text("How often a failed stream thread is started again within ten minutes before the "
                    + "application stops."));

    public static final Setting<Long> STOP_TIMEOUT =
            SETTINGS.declare(Setting.ofLong("kinolift.stop.timeout.ms", 30_000L)
                    .valid(atLeast(1))
                    .importance(LOW)
                    .text("Longest time for stopping. Unfinished work is left to the next start."));

    public static final Setting<String> JOURNAL_DIR = SETTINGS.declare(Setting.ofString("kinolift.journal.dir", "")
            .importance(LOW)
            .text("Folder for the journal of frames that are being decoded. Each instance needs its "
                    + "own. Empty: the name of the state folder with -journal."));

    public static final Setting<Long> DISK_MIN_FREE =
            SETTINGS.declare(Setting.ofLong("kinolift.disk.min.free.bytes", 268_435_456L)
                    .valid(between(0, 1L << 60))
                    .importance(LOW)
                    .text("Free bytes that the disks of the state folder and of the journal must have. With fewer, the "
                            + "instance does not start, and a running one pauses until there are half as many more. "
                            + "It warns below twice as many. 0: never."));

    private ProcessSettings() {}
}
