package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;

import io.kinolift.settings.Setting.Trait;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/**
 * Presets: names for combinations of settings. Their values stand in for defaults, so a value that somebody gives wins. A
 * value reaches only an operator that takes it: with {@code kinolift.operator=bicubic}, {@code best} has no weights.
 */
public final class Presets {
    static final SettingList SETTINGS = new SettingList(Trait.PER_STREAM);

    private static final Map<String, Map<Setting<String>, String>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("exact", Map.of());
        // No operator is faster; it makes the same pictures as trilinear.
        ALL.put("fast", Map.of(OperatorKinds.OPERATOR, "bilinear"));
        ALL.put(
                "sharp",
                Map.of(
                        OperatorKinds.OPERATOR, ConvTransposeKind.NAME,
                        ConvTransposeKind.WEIGHTS, AdaptivePlan.ADAPTIVE));
        ALL.put("smooth", Map.of(OperatorSettings.MOTION, "on"));
        ALL.put(
                "best",
                Map.of(
                        OperatorKinds.OPERATOR, ConvTransposeKind.NAME,
                        ConvTransposeKind.WEIGHTS, AdaptivePlan.ADAPTIVE,
                        OperatorSettings.MOTION, "on"));
    }

    public static final Setting<String> PRESET = SETTINGS.declare(declaration());

    private Presets() {}

    private static Setting.Declaration<String> declaration() {
        String names = String.join(", ", ALL.keySet());
        Setting.Declaration<String> preset = Setting.ofString("kinolift.preset", "exact")
                .choices(ALL.keySet().toArray(String[]::new))
                .valid((name, value) -> requireKnown(name, value.toString(), names))
                .importance(HIGH)
                .text("A combination of settings. Each of them that is given wins over the preset. exact: the "
                        + "defaults of this table. fast: bilinear. sharp: conv-transpose3d with adaptive weights. "
                        + "smooth: motion. best: motion, and conv-transpose3d with adaptive weights.")
                .option("NAME", "combination of settings: one of " + names + " (default exact)");
        // A group with a preset of its own does not keep what is given for all in its place.
        ALL.values().stream().flatMap(values -> values.keySet().stream()).forEach(preset::putsAside);
        return preset;
    }

    private static void requireKnown(String name, String value, String names) {
        if (!ALL.containsKey(Setting.lowerCase(value))) {
            throw new ConfigException(name, value, "expected one of " + names);
        }
    }

    /** The names of all presets. */
    public static Set<String> names() {
        return Collections.unmodifiableSet(ALL.keySet());
    }

    /** The operator that a preset stands for; of an unknown one, the default. */
    static String operator(String preset) {
        return ALL.getOrDefault(Setting.lowerCase(preset), Map.of())
                .getOrDefault(OperatorKinds.OPERATOR, OperatorKinds.OPERATOR.usual());
    }

    /** The values that the configured preset gives to settings that nobody gave one. */
    static Map<Setting<String>, String> values(KinoliftConfig config) {
        Map<Setting<String>, String> preset = ALL.get(config.get(PRESET));
        Map<String, ?> given = config.originals();
        Object operator = given.containsKey(OperatorKinds.OPERATOR.name())
                ? given.get(OperatorKinds.OPERATOR.name())
                : operator(config.get(PRESET));
        Optional<OperatorKind> kind = OperatorKinds.find(operator.toString());
        return preset.entrySet().stream()
                .filter(entry -> !given.containsKey(entry.getKey().name()))
                .filter(entry -> kind.map(taker -> OperatorKinds.takes(taker, entry.getKey()))
                        .orElse(true))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** For people, where values of a preset may be at fault: what it stands for; empty if it gives none. */
    static Optional<String> source(KinoliftConfig config) {
        Map<String, String> values = new TreeMap<>();
        values(config).forEach((setting, value) -> values.put(setting.name(), value));
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(", ", " (" + PRESET + "=" + config.get(PRESET) + " means ", ")")));
    }
}
