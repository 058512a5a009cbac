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
            .text("Address for metrics, health and the live page. If it can be reached from other machines, "
                    + "pictures are shown only to holders of kinolift.http.token."));

    public static final Setting<String> HTTP_NAMES = SETTINGS.declare(Setting.ofString("kinolift.http.names", "")
            .importance(LOW)
            .text(
                    "Names, with commas between them, by which browsers may call this server, besides addresses, localhost and "
                            + "kinolift.http.host; others get status 421."));

    public static final Setting<String> HTTP_PICTURES =
            SETTINGS.declare(Setting.ofString("kinolift.http.pictures", "token")
                    .choices("token", "locked", "open")
                    .importance(LOW)
                    .text("Who sees pictures. token: who has kinolift.http.token, and everybody on this machine if "
                            + "kinolift.http.host can only be reached from it, without kinolift.http.names and without "
                            + "a proxy's headers. locked: only who has kinolift.http.token. "
                            + "open: everybody."));

    public static final Setting<Integer> HTTP_CONNECTIONS =
            SETTINGS.declare(Setting.ofInt("kinolift.http.max.connections", 256)
                    .valid(between(8, 100_000))
                    .importance(LOW)
                    .text("Most connections to kinolift.http.port at one time. A further one closes the oldest."));

    public static final Setting<Integer> HTTP_PORT = SETTINGS.declare(Setting.ofInt("kinolift.http.port", 0)
            .valid(between(-1, 65_535))
            .importance(MEDIUM)
            .text("Port for metrics, health and the live page. 0 takes any free port and logs it; -1 "
                    + "turns them off."));

    public static final Setting<Password> HTTP_TOKEN = SETTINGS.declare(Setting.ofSecret("kinolift.http.token")
            .importance(MEDIUM)
            .text("Token that allows its owner to replay dead letters from the live page, and to see pictures "
                    + "from other machines. Empty: nobody may."));

    public static final Setting<Long> STUCK_TIMEOUT =
            SETTINGS.declare(Setting.ofLong("kinolift.stuck.timeout.ms", 60_000L)
                    .valid(atLeast(1))
                    .importance(MEDIUM)
                    .text("How long records may wait without any being read before the instance reports that it "
                            + "is not ready."));

    public static final Setting<Integer> METRICS_STREAMS =
            SETTINGS.declare(Setting.ofInt("kinolift.metrics.max.streams", 100)
                    .valid(between(0, 100_000))
                    .importance(LOW)
                    .text("Most streams with metrics of their own. All further streams are summed under the "
                            + "label other."));

    public static final Setting<Integer> LIVE_STREAMS = SETTINGS.declare(Setting.ofInt("kinolift.live.max.streams", 4)
            .valid(between(0, 1000))
            .importance(LOW)
            .text("Most streams that are watched at one time, and of which the live page shows pictures: two pairs are "
                    + "kept of each."));

    public static final Setting<String> LOG_FORMAT = SETTINGS.declare(Setting.ofString("kinolift.log.format", "text")
            .choices("text", "json")
            .importance(LOW)
            .text("Format of the log. text: lines for people. json: one JSON object per line."));

    private MonitoringSettings() {}
}
