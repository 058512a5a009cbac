package io.kinolift.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The queries of the dashboard and of the rules. */
public final class Queries {
    private static final Path FOLDER = Path.of("deploy/monitoring");
    /** A name before a selector or a range; functions have a bracket there, labels stand in braces. */
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w:])([a-zA-Z_:][\\w:]*)\\s*(?:\\{[^}]*}|(?=\\[|\\s*[<>=/)]|$))");

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "by", "offset", "on", "without");

    private Queries() {}

    /** By panel, with the variable set to every stream. */
    public static List<String> dashboard() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(FOLDER.resolve("grafana/kinolift.json").toFile());
        List<String> found = new ArrayList<>();
        dashboard
                .get("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> found.add(target.get("expr")
                                .asText()
                                .replace("$stream", ".*")
                                .replace("$namespace", ".*"))));
        return found;
    }

    public static List<String> rules() throws IOException {
        List<String> found = new ArrayList<>();
        rule(rule -> found.add(rule.get("expr").asText()));
        return found;
    }

    /** Names that the rules record. */
    public static Set<String> recorded() throws IOException {
        Set<String> found = new TreeSet<>();
        rule(rule -> {
            if (rule.has("record")) {
                found.add(rule.get("record").asText());
            }
        });
        return found;
    }

    static Set<String> alerts() throws IOException {
        Set<String> found = new TreeSet<>();
        rule(rule -> {
            if (rule.has("alert")) {
                found.add(rule.get("alert").asText());
            }
        });
        return found;
    }

    private static void rule(Consumer<JsonNode> action) throws IOException {
        JsonNode rules = new ObjectMapper(new YAMLFactory())
                .readTree(FOLDER.resolve("alerts.yml").toFile());
        rules.get("groups").forEach(group -> group.get("rules").forEach(action));
    }

    /** The metrics that a query names. */
    public static Set<String> metrics(String query) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = NAME.matcher(
                query.replaceAll("(by|on|without) *\\([^)]*\\)", " ").replaceAll("\"[^\"]*\"", ""));
        while (matcher.find()) {
            if (!WORDS.contains(matcher.group(1))) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }
}
