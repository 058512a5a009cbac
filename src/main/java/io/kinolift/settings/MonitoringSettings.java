package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import org.apache.kafka.common.config.types.Password;

/** Metrics, health, the live page and the log. */
public final class MonitoringSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<String> HTTP_HOST = SETTINGS.declare(Setting.ofString("kinolift.http.host", "127.0.0.1")
            .importance(MEDIUM)
            .text("Address that metrics, health and the live page listen on. Pictures can be seen there: mind who can "
                    + "reach it."));

    public static final Setting<Integer> HTTP_PORT = SETTINGS.declare(Setting.ofInt("kinolift.http.port", 0)
            .valid(between(-1, 65_535))
            .importance(MEDIUM)
            .text("Port likewise; 0 takes any free one and logs it, -1 is off."));

    public static final Setting<Password> HTTP_TOKEN = SETTINGS.declare(Setting.ofSecret("kinolift.http.token")
            .importance(MEDIUM)
            .text("Who knows it may replay dead letters from the live page. Empty: the page only shows."));

    public static final Setting<Long> STUCK_TIMEOUT =
            SETTINGS.declare(Setting.ofLong("kinolift.stuck.timeout.ms", 60_000L)
                    .valid(atLeast(1))
                    .importance(MEDIUM)
                    .text("How long records may wait without any being read before the instance is not ready."));

    public static final Setting<Integer> METRICS_STREAMS =
            SETTINGS.declare(Setting.ofInt("kinolift.metrics.max.streams", 100)
                    .valid(between(0, 100_000))
                    .importance(LOW)
                    .text("Streams with metrics of their own; those beyond are summed under the label other."));

    public static final Setting<Integer> LIVE_STREAMS = SETTINGS.declare(Setting.ofInt("kinolift.live.max.streams", 4)
            .valid(between(0, 1000))
            .importance(LOW)
            .text("Streams whose pictures are kept for the live page at one time, two pairs each."));

    public static final Setting<String> LOG_FORMAT = SETTINGS.declare(Setting.ofString("kinolift.log.format", "text")
            .choices("text", "json")
            .importance(LOW)
            .text("Lines for people, or one JSON object per line."));

    private MonitoringSettings() {}
}
