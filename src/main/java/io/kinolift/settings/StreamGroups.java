package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/**
 * Groups of streams with settings of their own: {@code kinolift.streams} names them, {@code kinolift.streams.NAME.match}
 * says which streams belong to it, and {@code kinolift.streams.NAME.scale.factor} replaces {@code
 * kinolift.scale.factor} there. For all other settings a group has the common values, if its operator takes them. A
 * factor or model of its own puts aside the common size or factor, and a preset of its own what presets choose.
 */
public final class StreamGroups {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<String> STREAMS = SETTINGS.declare(Setting.ofString("kinolift.streams", "")
            .importance(MEDIUM)
            .text("Names of groups of streams with settings of their own, such as doors,archive. The "
                    + "documentation of the settings (src/doc/settings.md) has an example."));

    private static final String OF_GROUPS = STREAMS + ".";
    private static final String MATCH = "match";
    /** Names that environment variables can also have. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");
    /**
     * One group.
     *
     * @param match pattern of its streams' ids, as {@link io.kinolift.engine.StreamPlans.Group#of} takes it
     * @param config all settings of the group
     */
    public record StreamGroup(String name, String match, KinoliftConfig config) {
        /** The prefix of the names of its own settings, without the last dot. */
        String prefix() {
            return OF_GROUPS + name;
        }
    }

    private StreamGroups() {}

    /**
     * The groups in the order of their names' list, in which they are tried.
     *
     * @throws ConfigException naming the setting: for a name that cannot be one, a group without a pattern, a setting
     * of
     *     no group, and values out of bounds
     */
    public static List<StreamGroup> of(KinoliftConfig config) {
        List<String> names = names(config.get(STREAMS));
        Set<String> known = settings(names);
        config.originals().forEach((setting, value) -> {
            if (setting.startsWith(OF_GROUPS) && !known.contains(setting)) {
                throw new ConfigException(
                        setting, value, "expected a group that kinolift.streams names and one of its " + "settings");
            }
        });
        List<StreamGroup> groups = new ArrayList<>();
        for (String name : names) {
            Map<Setting<?>, Object> own = own(config, name);
            Object match = config.originals().get(OF_GROUPS + name + "." + MATCH);
            if (match == null || match.toString().isBlank()) {
                throw new ConfigException(
                        OF_GROUPS + name + "." + MATCH + ": expected a pattern of stream ids, found none");
            }
            groups.add(new StreamGroup(name, match.toString().strip(), merged(config, name, own)));
        }
        return groups;
    }

    /** The names of all settings of the groups that are named. */
    public static Set<String> settings(String groups) {
        return settings(names(groups));
    }

    private static Set<String> settings(List<String> names) {
        Set<String> settings = new LinkedHashSet<>();
        for (String name : names) {
            settings.add(OF_GROUPS + name + "." + MATCH);
            overridable().forEach(setting -> settings.add(of(name, setting)));
        }
        return settings;
    }

    private static Stream<Setting<?>> overridable() {
        return KinoliftConfig.SETTINGS.stream().filter(setting -> setting.has(Setting.Trait.PER_STREAM));
    }

    /** The name that a setting has in a group. */
    private static String of(String group, Setting<?> setting) {
        return OF_GROUPS + group + "." + setting.name().substring(Setting.PREFIX.length());
    }

    private static List<String> names(String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        for (String name : text.split(",", -1)) {
            if (!NAME.matcher(name.strip()).matches() || !names.add(name.strip())) {
                throw new ConfigException(
                        STREAMS.name(),
                        text,
                        "expected names of small letters and digits, each once and with a comma between");
            }
        }
        return List.copyOf(names);
    }

    private static Map<Setting<?>, Object> own(KinoliftConfig config, String name) {
        Map<Setting<?>, Object> own = new HashMap<>();
        overridable().forEach(setting -> {
            Object value = config.originals().get(of(name, setting));
            if (value != null) {
                own.put(setting, value);
            }
        });
        return own;
    }

    private static KinoliftConfig merged(KinoliftConfig common, String name, Map<Setting<?>, Object> own) {
        // An operator or a preset that does not exist is refused below, with every other value out of bounds.
        Optional<OperatorKind> kind = OperatorKinds.find(operator(common, own));
        Map<String, Object> merged = new HashMap<>();
        common.originals().forEach((setting, value) -> {
            if (!setting.startsWith(STREAMS.name()) && reaches(setting, kind, own.keySet())) {
                merged.put(setting, value);
            }
        });
        own.forEach((setting, value) -> merged.put(setting.name(), value));
        try {
            return new KinoliftConfig(merged);
        } catch (ConfigException e) {
            throw new ConfigException(OF_GROUPS + name + ": " + e.getMessage());
        }
    }

    private static String operator(KinoliftConfig common, Map<Setting<?>, Object> own) {
        Object operator = own.get(OperatorKinds.OPERATOR);
        if (operator == null && own.containsKey(Presets.PRESET)) {
            operator = Presets.operator(own.get(Presets.PRESET).toString());
        }
        return operator == null ? common.get(OperatorKinds.OPERATOR) : operator.toString();
    }

    /** Whether a value for all is good for a group with values of its own. */
    private static boolean reaches(String name, Optional<OperatorKind> kind, Set<Setting<?>> own) {
        return KinoliftConfig.find(name)
                .map(setting ->
                        kind.map(taker -> OperatorKinds.takes(taker, setting)).orElse(true)
                                && own.stream().noneMatch(other -> other.putsAside(setting)))
                .orElse(true);
    }
}
