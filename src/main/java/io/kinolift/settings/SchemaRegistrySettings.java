package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;

import org.apache.kafka.common.config.types.Password;

/** The schema registry, if there is one. */
public final class SchemaRegistrySettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<String> REGISTRY_URL = SETTINGS.declare(Setting.ofString("kinolift.registry.url", "")
            .importance(MEDIUM)
            .text("URL of a schema registry with Confluent's API, such as "
                    + "http://registry:8080/apis/ccompat/v7. Output is then written in Confluent's layout. "
                    + "Empty: Avro single-object encoding."));

    public static final Setting<String> REGISTRY_USER = SETTINGS.declare(Setting.ofString("kinolift.registry.user", "")
            .importance(LOW)
            .text("User name for the registry (basic authentication). Empty: none."));

    public static final Setting<Password> REGISTRY_PASSWORD =
            SETTINGS.declare(Setting.ofSecret("kinolift.registry.password")
                    .importance(LOW)
                    .text("Password for the registry (basic authentication)."));

    public static final Setting<String> REGISTRY_CA = SETTINGS.declare(Setting.ofString("kinolift.registry.ca.file", "")
            .importance(LOW)
            .text("PEM file with the certificates to trust for an https registry. Empty: those of the " + "JVM."));

    public static final Setting<Long> REGISTRY_TIMEOUT =
            SETTINGS.declare(Setting.ofLong("kinolift.registry.timeout.ms", 30_000L)
                    .valid(atLeast(1))
                    .importance(LOW)
                    .text("How long the registry may be unavailable before the start, or reading an unknown "
                            + "schema, fails."));

    private SchemaRegistrySettings() {}
}
