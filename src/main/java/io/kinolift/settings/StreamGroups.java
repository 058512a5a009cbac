package io.kinolift.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/**
 * Groups of streams with settings of their own: {@code kinolift.streams} names them, {@code kinolift.streams.NAME.match}
 * says whose they are, and {@code kinolift.streams.NAME.scale.factor} stands for {@code kinolift.scale.factor} there.
 * What a group does not say is as for all, as far as its operator knows it; a factor or model of its own puts aside the
 * size or factor for all.
 */
public final class StreamGroups {
    private static final String OF_GROUPS = KinoliftConfig.STREAMS + ".";
    private static final String MATCH = "match";
    /** What the environment can write, too. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");
    /** What may be different for some streams: what turns pictures into others, which may be blended, how they leave. */
    private static final List<String> OVERRIDABLE = List.of(
            KinoliftConfig.OPERATOR,
            KinoliftConfig.SCALE_FACTOR,
            KinoliftConfig.SIZE,
            KinoliftConfig.ALIGN_CORNERS,
            KinoliftConfig.TEMPORAL_GRID,
            KinoliftConfig.WEIGHTS,
            KinoliftConfig.WEIGHTS_PREFIX,
            KinoliftConfig.STRIDE,
            KinoliftConfig.PADDING,
            KinoliftConfig.OUTPUT_PADDING,
            KinoliftConfig.DILATION,
            KinoliftConfig.GROUPS,
            KinoliftConfig.BORDER,
            KinoliftConfig.OVERSHOOT,
            KinoliftConfig.CHANNELS,
            KinoliftConfig.MODEL,
            KinoliftConfig.MODEL_HALO,
            KinoliftConfig.MODEL_MULTIPLE,
            KinoliftConfig.MODEL_RANGE,
            KinoliftConfig.MODEL_ORDER,
            KinoliftConfig.MODEL_TILE,
            KinoliftConfig.SCENE_CUT,
            KinoliftConfig.FRAME_CODEC,
            KinoliftConfig.QUALITY,
            KinoliftConfig.QUALITY_FLOOR);

    /**
     * One group.
     *
     * @param match what its streams' ids are like, as {@link io.kinolift.engine.StreamPlans.Group#of} takes it
     * @param config all settings as they are for it
     */
    public record StreamGroup(String name, String match, KinoliftConfig config) {
        /** What the names of its own settings begin with, less a point. */
        String prefix() {
            return OF_GROUPS + name;
        }
    }

    private StreamGroups() {}

    /**
     * The groups in the order of their names' list, in which they are tried.
     *
     * @throws ConfigException naming the setting: for a name that cannot be one, a group without a pattern, a setting of
     *     no group, and values out of bounds
     */
    public static List<StreamGroup> of(KinoliftConfig config) {
        List<String> names = names(config.getString(KinoliftConfig.STREAMS));
        Set<String> known = settings(names);
        config.originals().forEach((setting, value) -> {
            if (setting.startsWith(OF_GROUPS) && !known.contains(setting)) {
                throw new ConfigException(
                        setting, value, "expected a group that kinolift.streams names and one of its " + "settings");
            }
        });
        List<StreamGroup> groups = new ArrayList<>();
        for (String name : names) {
            Map<String, Object> own = own(config, name);
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
            OVERRIDABLE.forEach(setting -> settings.add(of(name, setting)));
        }
        return settings;
    }

    /** The name that a setting has in a group. */
    private static String of(String group, String setting) {
        return OF_GROUPS + group + "." + setting.substring(KinoliftConfig.PREFIX.length());
    }

    private static List<String> names(String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        for (String name : text.split(",", -1)) {
            if (!NAME.matcher(name.strip()).matches() || !names.add(name.strip())) {
                throw new ConfigException(
                        KinoliftConfig.STREAMS,
                        text,
                        "expected names of small letters and digits, each once and with a comma between");
            }
        }
        return List.copyOf(names);
    }

    private static Map<String, Object> own(KinoliftConfig config, String name) {
        Map<String, Object> own = new HashMap<>();
        for (String setting : OVERRIDABLE) {
            Object value = config.originals().get(of(name, setting));
            if (value != null) {
                own.put(setting, value);
            }
        }
        return own;
    }

    /** Whether a value for all is good for a group with values of its own. */
    private static boolean reaches(String setting, String operator, Map<String, Object> own) {
        boolean convolves = operator.equals(ConvTransposePlan.OPERATOR_NAME);
        boolean infers = operator.equals(OnnxPlan.OPERATOR_NAME);
        return switch (setting) {
            case KinoliftConfig.CHANNELS -> convolves || infers;
            case KinoliftConfig.ALIGN_CORNERS -> !convolves && !infers;
            case KinoliftConfig.SIZE -> !convolves && !infers && !own.containsKey(KinoliftConfig.SCALE_FACTOR);
            case KinoliftConfig.SCALE_FACTOR ->
                !own.containsKey(KinoliftConfig.MODEL) && !own.containsKey(KinoliftConfig.STRIDE);
            case KinoliftConfig.STRIDE -> convolves && !own.containsKey(KinoliftConfig.SCALE_FACTOR);
            default -> ConvTransposePlan.isOwn(setting) ? convolves : !OnnxPlan.isOwn(setting) || infers;
        };
    }

    private static KinoliftConfig merged(KinoliftConfig common, String name, Map<String, Object> own) {
        Map<String, Object> merged = new HashMap<>(common.originals());
        merged.keySet().removeIf(setting -> setting.startsWith(KinoliftConfig.STREAMS));
        String operator = own.getOrDefault(KinoliftConfig.OPERATOR, common.getString(KinoliftConfig.OPERATOR))
                .toString()
                .toLowerCase(Locale.ROOT);
        merged.keySet().removeIf(setting -> !reaches(setting, operator, own));
        merged.putAll(own);
        try {
            return new KinoliftConfig(merged);
        } catch (ConfigException e) {
            throw new ConfigException(OF_GROUPS + name + ": " + e.getMessage());
        }
    }
}
