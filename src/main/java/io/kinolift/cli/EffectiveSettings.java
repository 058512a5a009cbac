package io.kinolift.cli;

import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Presets;
import io.kinolift.settings.Secrets;
import io.kinolift.settings.Setting;
import io.kinolift.settings.StreamGroups;
import io.kinolift.settings.TopicGroups;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Settings from several places and which place each came from; a later place wins. */
final class EffectiveSettings {
    private static final String ENVIRONMENT_PREFIX = "KINOLIFT_";
    private static final String KAFKAS = "KINOLIFT_KAFKA_";
    /** Kafka's configuration providers, which replace references in values, in ours too. */
    private static final Pattern PROVIDERS = Pattern.compile("config\\.providers(\\..*)?");

    /**
     * Variables that are not settings: those of the launcher and the tests, and those that Kubernetes makes for
     * services.
     */
    private static final Pattern NOT_SETTING =
            Pattern.compile("KINOLIFT_(JAVA|JAVA_OPTS|FOOTAGE|CHROMIUM|APICURIO|SERVICE_.*|PORT|PORT_.*)");

    private static final int FAR = 6;

    private final Map<String, Entry> entries = new TreeMap<>();

    /** @param source in words, such as "file kinolift.properties" */
    record Entry(String value, String source) {}

    void add(String source, Map<String, String> settings) {
        settings.forEach((name, value) -> entries.put(name, new Entry(value, source)));
    }

    void addIfAbsent(String source, String name, String value) {
        entries.putIfAbsent(name, new Entry(value, source));
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    /**
     * {@code KINOLIFT_WINDOW_SIZE} is {@code kinolift.window.size}; {@code KINOLIFT_KAFKA_X_Y} is Kafka's {@code x.y}.
     * Of {@code KINOLIFT_KAFKA_BOOTSTRAP_SERVERS} the middle may be left out.
     */
    void addEnvironment(Map<String, String> variables) {
        variables.forEach((name, value) -> {
            if (!name.startsWith(ENVIRONMENT_PREFIX)
                    || NOT_SETTING.matcher(name).matches()) {
                return;
            }
            if (name.equals(ENVIRONMENT_PREFIX + "BOOTSTRAP_SERVERS")) {
                // It can mean nothing else.
                if (!variables.containsKey(KAFKAS + "BOOTSTRAP_SERVERS")) {
                    entries.put("bootstrap.servers", new Entry(value, "environment " + name));
                }
                return;
            }
            String prefix = name.startsWith(KAFKAS) ? KAFKAS : "";
            String setting =
                    name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '.');
            entries.put(setting, new Entry(value, "environment " + name));
        });
    }

    /**
     * Our settings, after checking that all are known.
     *
     * @throws UsageException naming one that is not, and the nearest that is
     */
    Map<String, String> ours() {
        Set<String> known =
                KinoliftConfig.SETTINGS.stream().map(Setting::name).collect(Collectors.toCollection(HashSet::new));
        known.addAll(StreamGroups.settings(listed(StreamGroups.STREAMS)));
        known.addAll(TopicGroups.settings(listed(TopicGroups.TOPICS)));
        entries.forEach((name, entry) -> {
            if (name.startsWith(Setting.PREFIX) && !known.contains(name)) {
                throw new UsageException("expected a setting that kinolift config lists, found " + name + " ("
                        + entry.source() + ")" + suggestion(name, known));
            }
        });
        return select(name -> isOurs(name) || PROVIDERS.matcher(name).matches());
    }

    private String listed(Setting<String> groups) {
        return has(groups.name()) ? entries.get(groups.name()).value() : "";
    }

    /** @throws UsageException naming one of Kafka's settings that is misspelt, and the nearest that is right */
    void requireKnownKafkas() {
        entries.forEach((name, entry) -> {
            if (!isOurs(name)) {
                ClientSettings.requireKnown(Set.of(name), entry.source());
            }
        });
    }

    Map<String, String> kafkas() {
        return select(name -> !isOurs(name));
    }

    private static boolean isOurs(String name) {
        return name.startsWith(Setting.PREFIX);
    }

    private Map<String, String> select(Predicate<String> wanted) {
        Map<String, String> selected = new HashMap<>();
        entries.forEach((name, entry) -> {
            if (wanted.test(name)) {
                selected.put(name, entry.value());
            }
        });
        return selected;
    }

    /** One line per setting, ours with their defaults and then Kafka's: name = value, and where it came from. */
    String explain() {
        Map<String, Entry> all = new TreeMap<>(Comparator.comparing((String name) -> !name.startsWith(Setting.PREFIX))
                .thenComparing(name -> name));
        KinoliftConfig.SETTINGS.forEach(setting -> all.put(setting.name(), new Entry(setting.usualText(), "default")));
        KinoliftConfig config = new KinoliftConfig(ours());
        config.presetValues()
                .forEach((name, value) -> all.put(name, new Entry(value, "preset " + config.get(Presets.PRESET))));
        all.putAll(entries);
        int width = all.keySet().stream().mapToInt(String::length).max().orElse(0);
        return all.entrySet().stream()
                .map(entry -> String.format(
                        "%-" + width + "s = %-24s # %s",
                        entry.getKey(),
                        Secrets.shown(entry.getKey(), entry.getValue().value()),
                        entry.getValue().source()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** A line for who gives secrets where every user of the machine can read them; empty if nobody does. */
    static Optional<String> advice(Map<String, String> commandLine) {
        List<String> secrets = commandLine.entrySet().stream()
                .filter(entry -> Secrets.tells(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return secrets.isEmpty()
                ? Optional.empty()
                : Optional.of("other users of this machine can read secrets of the command line (--set "
                        + String.join(", ", secrets) + "): give them in --config FILE, or in the environment as "
                        + secrets.stream().map(EffectiveSettings::variable).collect(Collectors.joining(", ")));
    }

    /** The name in the environment of a setting. */
    private static String variable(String setting) {
        String name = setting.startsWith(Setting.PREFIX)
                ? setting.substring(Setting.PREFIX.length())
                : KAFKAS.substring(ENVIRONMENT_PREFIX.length()) + setting;
        return ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static String suggestion(String name, Set<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(other -> distance(name, other)))
                .filter(nearest -> distance(name, nearest) <= FAR)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
    }

    /** Levenshtein: how many letters to insert, remove or replace. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = List.of(replaced, above + 1, row[j - 1] + 1).stream()
                        .min(Integer::compare)
                        .orElseThrow();
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
