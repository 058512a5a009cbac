package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;

/**
 * Groups of input topics with records of their own kind: {@code kinolift.topics} names them, {@code
 * kinolift.topics.NAME.match} says which topics belong to it, and {@code kinolift.topics.NAME.input.format} replaces
 * {@code kinolift.input.format} there. For all other settings a group has the common values.
 */
public final class TopicGroups {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<String> TOPICS = SETTINGS.declare(Setting.ofString("kinolift.topics", "")
            .importance(MEDIUM)
            .text("Names of groups of input topics whose records are of another kind than the others', such as "
                    + "doors,archive. The documentation of topics (src/doc/topics.md) has an example."));

    private static final SettingGroups GROUPS = new SettingGroups(TOPICS, Setting.Trait.PER_TOPIC, "topic names");

    /**
     * One group.
     *
     * @param match pattern of its topics' names: {@code *} stands for any text, {@code ?} for one character
     * @param config all settings of the group
     */
    public record TopicGroup(String match, KinoliftConfig config) {}

    private TopicGroups() {}

    /**
     * The groups in the order of their names' list, in which they are tried.
     *
     * @throws ConfigException naming the setting: for a name that cannot be one, a group without a pattern, a setting
     *     of no group, and values out of bounds
     */
    public static List<TopicGroup> of(KinoliftConfig config) {
        Map<String, Object> common = new HashMap<>(config.originals());
        common.keySet().removeIf(GROUPS::has);
        return GROUPS.of(config).stream()
                .map(group -> new TopicGroup(group.match(), group.config(common)))
                .toList();
    }

    /** The names of all settings of the groups that are named. */
    public static Set<String> settings(String groups) {
        return GROUPS.settings(groups);
    }

    /** A line for each value of a group that shapes output, always in the same order. */
    static List<String> shapes(KinoliftConfig config) {
        List<String> shapes = new ArrayList<>();
        for (SettingGroups.Group group : GROUPS.of(config)) {
            Map<String, Object> own = new TreeMap<>();
            group.own().forEach((setting, value) -> {
                if (setting.has(Setting.Trait.SHAPES_OUTPUT)) {
                    own.put(setting.name(), value);
                }
            });
            if (!own.isEmpty()) {
                shapes.add(group.match() + " " + own);
            }
        }
        return shapes;
    }
}
