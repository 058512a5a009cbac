package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import org.apache.kafka.common.config.types.Password;

/** The collector of spans, and the share of frames that are traced. */
public final class TracingSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<String> TRACING_URL = SETTINGS.declare(Setting.ofString("kinolift.tracing.url", "")
            .importance(LOW)
            .text("URL of a collector that takes OpenTelemetry spans (OTLP over HTTP), such as "
                    + "http://collector:4318. Every output record then has a traceparent header. Empty: no "
                    + "tracing."));

    public static final Setting<Password> TRACING_HEADERS =
            SETTINGS.declare(Setting.ofSecret("kinolift.tracing.headers")
                    .importance(LOW)
                    .text("Headers that the collector needs, such as a login: name=value, separated by commas."));

    public static final Setting<String> TRACING_CA = SETTINGS.declare(Setting.ofString("kinolift.tracing.ca.file", "")
            .importance(LOW)
            .text("PEM file with the certificates to trust for an https collector. Empty: those of the " + "JVM."));

    public static final Setting<Double> TRACING_RATIO =
            SETTINGS.declare(Setting.ofDouble("kinolift.tracing.ratio", 0.01)
                    .valid(between(0, 1))
                    .importance(LOW)
                    .text("Share of frames that are traced. It applies to input records without a traceparent "
                            + "header; otherwise the header decides."));

    private TracingSettings() {}
}
