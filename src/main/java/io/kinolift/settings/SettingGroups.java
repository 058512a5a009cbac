package io.kinolift.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/**
 * Named groups of streams or topics with values of their own. For a list {@code kinolift.streams=doors}, the group's
 * members are told by {@code kinolift.streams.doors.match}, and {@code kinolift.streams.doors.quality} replaces
 * {@code kinolift.quality} for them.
 *
 * @param list the setting that names the groups
 * @param trait of the settings that a group may have for itself
 * @param members what the pattern is matched with, for messages
 */
record SettingGroups(Setting<String> list, Setting.Trait trait, String members) {
    private static final String MATCH = "match";
    /** Names that environment variables can also have. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

    /**
     * One group.
     *
     * @param prefix of the names of its settings, without the last dot
     * @param match pattern of its members
     * @param own its own values
     */
    record Group(String prefix, String match, Map<Setting<?>, Object> own) {
        /** @throws ConfigException naming the group, for values out of bounds */
        KinoliftConfig config(Map<String, Object> common) {
            Map<String, Object> merged = new HashMap<>(common);
            own.forEach((setting, value) -> merged.put(setting.name(), value));
            try {
                return new KinoliftConfig(merged);
            } catch (ConfigException e) {
                throw new ConfigException(prefix + ": " + e.getMessage());
            }
        }
    }

    /**
     * The groups in the order of the list, in which they are tried.
     *
     * @throws ConfigException naming the setting: for a name that cannot be one, a group without a pattern, and a
     *     setting of no group
     */
    List<Group> of(KinoliftConfig config) {
        Set<String> known = settings(config.get(list));
        config.originals().forEach((setting, value) -> {
            if (setting.startsWith(list.name() + ".") && !known.contains(setting)) {
                throw new ConfigException(
                        setting, value, "expected a group that " + list + " names and one of its settings");
            }
        });
        List<Group> groups = new ArrayList<>();
        for (String name : names(config.get(list))) {
            String prefix = list.name() + "." + name;
            Object match = config.originals().get(prefix + "." + MATCH);
            if (match == null || match.toString().isBlank()) {
                throw new ConfigException(prefix + "." + MATCH + ": expected a pattern of " + members + ", found none");
            }
            groups.add(new Group(prefix, match.toString().strip(), own(config, name)));
        }
        return groups;
    }

    /** Whether a name is that of the list, or of a setting of a group. */
    boolean has(String setting) {
        return setting.equals(list.name()) || setting.startsWith(list.name() + ".");
    }

    /** The names of all settings of the groups that are named. */
    Set<String> settings(String groups) {
        Set<String> settings = new LinkedHashSet<>();
        for (String name : names(groups)) {
            settings.add(list.name() + "." + name + "." + MATCH);
            overridable().forEach(setting -> settings.add(of(name, setting)));
        }
        return settings;
    }

    private Stream<Setting<?>> overridable() {
        return KinoliftConfig.SETTINGS.stream().filter(setting -> setting.has(trait));
    }

    /** The name that a setting has in a group. */
    private String of(String group, Setting<?> setting) {
        return list.name() + "." + group + "." + setting.name().substring(Setting.PREFIX.length());
    }

    private List<String> names(String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        for (String name : text.split(",", -1)) {
            if (!NAME.matcher(name.strip()).matches() || !names.add(name.strip())) {
                throw new ConfigException(
                        list.name(),
                        text,
                        "expected names of small letters and digits, each once and with a comma between");
            }
        }
        return List.copyOf(names);
    }

    private Map<Setting<?>, Object> own(KinoliftConfig config, String name) {
        Map<Setting<?>, Object> own = new HashMap<>();
        overridable().forEach(setting -> {
            Object value = config.originals().get(of(name, setting));
            if (value != null) {
                own.put(setting, value);
            }
        });
        return own;
    }
}
