package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private static final SettingGroups GROUPS = new SettingGroups(STREAMS, Setting.Trait.PER_STREAM, "stream ids");

    /**
     * One group.
     *
     * @param prefix of the names of its own settings, without the last dot
     * @param match pattern of its streams' ids, as {@link io.kinolift.engine.StreamPlans.Group#of} takes it
     * @param config all settings of the group
     */
    public record StreamGroup(String prefix, String match, KinoliftConfig config) {}

    private StreamGroups() {}

    /**
     * The groups in the order of their names' list, in which they are tried.
     *
     * @throws ConfigException naming the setting: for a name that cannot be one, a group without a pattern, a setting
     * of
     *     no group, and values out of bounds
     */
    public static List<StreamGroup> of(KinoliftConfig config) {
        return GROUPS.of(config).stream()
                .map(group -> new StreamGroup(group.prefix(), group.match(), group.config(common(config, group.own()))))
                .toList();
    }

    /** The names of all settings of the groups that are named. */
    public static Set<String> settings(String groups) {
        return GROUPS.settings(groups);
    }

    /** The common values that a group with values of its own takes. */
    private static Map<String, Object> common(KinoliftConfig config, Map<Setting<?>, Object> own) {
        // An operator or a preset that does not exist is refused later, with every other value out of bounds.
        Optional<OperatorKind> kind = OperatorKinds.find(operator(config, own));
        Map<String, Object> common = new HashMap<>();
        config.originals().forEach((setting, value) -> {
            if (!GROUPS.has(setting) && reaches(setting, kind, own.keySet())) {
                common.put(setting, value);
            }
        });
        return common;
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
