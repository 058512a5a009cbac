package io.kinolift.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The values of all our settings. */
public final class KinoliftConfig extends AbstractConfig {
    /** Every setting, subject by subject, in the order of the README's table. */
    public static final List<Setting<?>> SETTINGS = Stream.of(
                    Presets.SETTINGS.stream(),
                    OperatorKinds.settings().stream(),
                    Stream.of(
                                    StreamGroups.SETTINGS,
                                    WindowingSettings.SETTINGS,
                                    LatencySettings.SETTINGS,
                                    GapSettings.SETTINGS,
                                    InputSettings.SETTINGS,
                                    TopicGroups.SETTINGS,
                                    OutputSettings.SETTINGS,
                                    LimitSettings.SETTINGS,
                                    ParallelismSettings.SETTINGS,
                                    ProcessSettings.SETTINGS,
                                    MonitoringSettings.SETTINGS,
                                    WatchSettings.SETTINGS,
                                    SchemaRegistrySettings.SETTINGS,
                                    TracingSettings.SETTINGS,
                                    TopicSettings.SETTINGS)
                            .flatMap(SettingList::stream))
            .<Setting<?>>flatMap(Function.identity())
            .toList();

    private static final Map<String, Setting<?>> BY_NAME =
            SETTINGS.stream().collect(Collectors.toMap(Setting::name, Function.identity()));
    private static final ConfigDef DEFINITION = definition();

    /** @throws ConfigException naming the setting, for a value out of bounds */
    public KinoliftConfig(Map<String, ?> settings) {
        super(DEFINITION, settings, false);
    }

    private static ConfigDef definition() {
        ConfigDef definition = new ConfigDef();
        SETTINGS.forEach(setting -> setting.define(definition));
        return definition;
    }

    /** Kafka's place for defaults that depend on other values; here, on the preset. */
    @Override
    protected Map<String, Object> postProcessParsedConfig(Map<String, Object> parsed) {
        Map<String, Object> values = new HashMap<>(presetValues());
        OutputSettings.usualCodec(parsed, originals())
                .ifPresent(codec -> values.put(OutputSettings.FRAME_CODEC.name(), codec));
        return values;
    }

    /** The values that come from the preset, by name. */
    public Map<String, String> presetValues() {
        return Presets.values(this).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
    }

    public static Optional<Setting<?>> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    public <T> T get(Setting<T> setting) {
        return setting.value(get(setting.name()));
    }

    /** The constant that a value such as {@code half-pixel} names. */
    public <E extends Enum<E>> E constant(Setting<String> setting, Class<E> type) {
        return constant(get(setting), type);
    }

    static <E extends Enum<E>> E constant(String value, Class<E> type) {
        return Enum.valueOf(type, value.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The exception for a value that does not go with others. */
    public ConfigException refused(Setting<?> setting, String expected) {
        Object given = originals().get(setting.name());
        Object found = given == null ? get(setting) : given;
        return new ConfigException(
                setting.name(), Secrets.shown(setting.name(), found.toString()), Secrets.withoutLogins(expected));
    }

    /** Whether somebody or the preset gave the setting a value, be it the default. */
    boolean isGiven(Setting<?> setting) {
        Object value = originals().getOrDefault(setting.name(), presetValues().get(setting.name()));
        return value != null && !value.toString().isBlank();
    }

    /** Whether it is given and asks for something: a switch that is off does not. */
    boolean isAskedFor(Setting<?> setting) {
        return isGiven(setting) && !(setting.isSwitch() && get(setting).equals(false));
    }

    /** The settings as a Markdown table. */
    public static String markdownTable() {
        return SETTINGS.stream()
                .map(setting -> "| `" + setting.name() + "` | `"
                        + (setting.usualText().isEmpty() ? " " : setting.usualText()) + "` | " + setting.text() + " |")
                .collect(Collectors.joining("\n", "| setting | default | meaning |\n|---|---|---|\n", "\n"));
    }
}
