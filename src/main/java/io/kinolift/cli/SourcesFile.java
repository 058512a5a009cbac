package io.kinolift.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * A YAML file of sources. Its keys are the options of {@code ingest} without their dashes, so whatever a source can be told
 * there it can be told here:
 *
 * <pre>
 * defaults:
 *   reconnect: forever
 * sources:
 *   - stream: camera-7
 *     source: rtsp://camera-7/live
 *   - stream: test
 *     source: clip.mp4
 *     loop: forever
 *     realtime: true
 * </pre>
 */
final class SourcesFile {
    private static final Set<String> KEYS = Set.of("defaults", "sources");
    private static final String SOURCE = "source";

    private SourcesFile() {}

    /** For picocli. */
    @Command(name = "entry")
    private static final class Entry {
        @Mixin
        private IngestOptions options;
    }

    /**
     * Reads all entries.
     *
     * @param frames name of the topic of entries that name none
     * @throws UsageException naming the entry and what is wrong with it
     */
    static List<SourceEntry> read(Path file, String frames) throws IOException {
        JsonNode root = parse(file);
        root.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new UsageException(file + ": expected defaults and sources, found \"" + key + '"');
            }
        });
        JsonNode sources = root.path("sources");
        if (!sources.isArray() || sources.isEmpty()) {
            throw new UsageException(file + ": expected a list of sources, found "
                    + (sources.isMissingNode() ? "none" : sources.isArray() ? "an empty one" : "something else"));
        }
        JsonNode defaults = root.path("defaults");
        if (!defaults.isObject() && !defaults.isMissingNode() && !defaults.isNull()) {
            throw new UsageException(file + ": expected keys below defaults, found something else");
        }
        List<SourceEntry> entries = new ArrayList<>();
        Set<List<String>> streams = new HashSet<>();
        for (JsonNode source : sources) {
            String place = file + ", entry " + (entries.size() + 1)
                    + (source.has("stream") ? " (" + source.get("stream").asText() + ")" : "");
            try {
                SourceEntry entry = entry(defaults, source);
                entry.require();
                String topic = Objects.requireNonNullElse(entry.options().topic, frames);
                if (!streams.add(List.of(entry.options().streamId, topic))) {
                    throw new UsageException("expected a stream of its own, found one that an entry before has");
                }
                entries.add(entry);
            } catch (UsageException | ParameterException | ConfigException e) {
                throw new UsageException(place + ": " + e.getMessage());
            }
        }
        return entries;
    }

    private static JsonNode parse(Path file) throws IOException {
        String text = Files.readString(file);
        YAMLFactory yaml = YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // An option's word may be off, and a stream's name no.
                .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                .build();
        try (YAMLParser parser = yaml.createParser(text)) {
            JsonNode root = new ObjectMapper(yaml).readTree(parser);
            if (root == null || !root.isObject()) {
                throw new UsageException(file + ": expected YAML with a list of sources, found "
                        + (root == null ? "an empty file" : "no keys"));
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new UsageException(file + ": expected YAML, found: "
                    + e.getOriginalMessage().lines().findFirst().orElse("nothing")
                    + (e.getLocation() == null
                            ? ""
                            : " (line " + e.getLocation().getLineNr() + ")"));
        }
    }

    /** Whether an option is for an entry of such a file. */
    static boolean isOfAnEntry(OptionSpec option) {
        return new CommandLine(new Entry()).getCommandSpec().findOption(option.longestName()) != null;
    }

    private static SourceEntry entry(JsonNode defaults, JsonNode source) {
        if (!source.isObject()) {
            throw new UsageException("expected keys such as stream and source, found \"" + source.asText() + '"');
        }
        CommandLine options = new CommandLine(new Entry());
        requireKeys(options.getCommandSpec(), defaults);
        requireKeys(options.getCommandSpec(), source);
        if (!source.hasNonNull(SOURCE)) {
            throw new UsageException("expected a source, found none");
        }
        List<String> arguments = new ArrayList<>();
        defaults.properties().forEach(field -> {
            if (!source.has(field.getKey())) {
                arguments.addAll(arguments(field));
            }
        });
        source.properties().forEach(field -> arguments.addAll(arguments(field)));
        options.setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(false)
                .parseArgs(arguments.toArray(String[]::new));
        Entry entry = options.getCommand();
        return new SourceEntry(source.get(SOURCE).asText(), entry.options);
    }

    /** In the words of the file, not of a command line. */
    private static void requireKeys(CommandSpec spec, JsonNode entry) {
        entry.properties().forEach(field -> {
            String key = field.getKey();
            OptionSpec option = spec.findOption("--" + key);
            if (option == null && !key.equals(SOURCE)) {
                List<String> known = Stream.concat(
                                Stream.of(SOURCE),
                                spec.options().stream()
                                        .map(each -> each.longestName().substring(2)))
                        .toList();
                throw new UsageException("expected a key that is source or an option of ingest, found \"" + key + '"'
                        + Nearest.advice(key, known, "keys"));
            }
            if (option != null && option.arity().max() == 0 && !field.getValue().isBoolean()) {
                throw new UsageException("expected true or false for " + key + ", found \""
                        + field.getValue().asText() + '"');
            }
        });
    }

    private static List<String> arguments(Map.Entry<String, JsonNode> field) {
        String option = "--" + field.getKey();
        JsonNode value = field.getValue();
        if (field.getKey().equals(SOURCE)) {
            return List.of();
        }
        if (value.isBoolean() && field.getKey().equals("audio")) {
            return List.of(option + "=" + (value.asBoolean() ? "copy" : "off"));
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? List.of(option) : List.of();
        }
        List<String> arguments = new ArrayList<>();
        if (value.isObject()) {
            value.properties()
                    .forEach(each -> arguments.add(
                            option + "=" + each.getKey() + "=" + each.getValue().asText()));
        } else if (value.isArray()) {
            List<String> values = new ArrayList<>();
            value.forEach(each -> values.add(each.asText()));
            arguments.add(option + "=" + String.join(",", values));
        } else {
            arguments.add(option + "=" + value.asText());
        }
        return arguments;
    }
}
