package io.kinolift.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Helm, in a JVM of its own: it is a library in Go, whose runtime takes over signals of the process that loads it. Renders a
 * chart once for each file of values in a folder, and checks it as {@code helm lint --strict} does.
 */
public final class HelmProgram {
    /** Of the release, and of its namespace. */
    static final String RELEASE = "kinolift";

    /** The oldest Kubernetes that the chart is for. */
    private static final String OLDEST = "1.27.0";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String VALUES = ".values";
    private static final String DOCUMENTS = ".yaml";
    private static final String ERROR = ".error";
    private static final String LINT = "lint.txt";

    private HelmProgram() {}

    /**
     * What Helm says of a chart.
     *
     * @param lint findings of each severity, and last whether there were too many
     * @param documents the manifests, by the name of the values that they were rendered with
     * @param errors what Helm said of the values that it refused, by their name
     */
    record Result(List<String> lint, Map<String, String> documents, Map<String, String> errors) {}

    /**
     * Runs Helm once for all.
     *
     * @param folder an empty one, for files of this program
     * @param values YAML by name
     */
    static Result run(Path chart, Path folder, Map<String, String> values) throws IOException, InterruptedException {
        for (Map.Entry<String, String> each : values.entrySet()) {
            Files.writeString(folder.resolve(each.getKey() + VALUES), each.getValue());
        }
        Path shown = Files.createDirectories(folder.resolve("chart"));
        copyWithoutHooks(chart, shown);
        Path log = folder.resolve("log");
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        HelmProgram.class.getName(),
                        chart.toString(),
                        shown.toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // Nothing of this machine's Helm or cluster.
        for (String home : List.of("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME", "KUBECONFIG")) {
            program.environment().put(home, folder.resolve(home).toString());
        }
        Process process = program.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError("Helm failed:\n" + Files.readString(log));
        }
        Result result = new Result(Files.readAllLines(folder.resolve(LINT)), new TreeMap<>(), new TreeMap<>());
        for (String name : values.keySet()) {
            Path documents = folder.resolve(name + DOCUMENTS);
            if (Files.exists(documents)) {
                result.documents().put(name, Files.readString(documents));
            } else {
                result.errors().put(name, Files.readString(folder.resolve(name + ERROR)));
            }
        }
        return result;
    }

    /** The library keeps hooks out of what it renders. Here they are documents like the others. */
    private static void copyWithoutHooks(Path chart, Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(chart, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(chart.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(file).replaceAll("(?m)^ +helm.sh/hook: .*\\n", ""));
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path chart = Path.of(arguments[1]);
        Path folder = Path.of(arguments[2]);
        LintResult lint = new Helm(Path.of(arguments[0])).lint().strict().call();
        List<String> findings = new ArrayList<>(lint.getMessages());
        findings.add(lint.isFailed() ? "failed" : "passed");
        Files.write(folder.resolve(LINT), findings);
        try (var files = Files.newDirectoryStream(folder, "*" + VALUES)) {
            for (Path values : files) {
                render(
                        chart,
                        values,
                        values.toString().substring(0, values.toString().length() - VALUES.length()));
            }
        }
    }

    private static void render(Path chart, Path values, String name) throws IOException {
        try {
            Files.writeString(
                    Path.of(name + DOCUMENTS),
                    new Helm(chart)
                            .template()
                            .withName(RELEASE)
                            .withNamespace(RELEASE)
                            .withKubeVersion(OLDEST)
                            .withValuesFile(values)
                            .call());
        } catch (RuntimeException e) {
            Files.writeString(Path.of(name + ERROR), String.valueOf(e.getMessage()));
        }
    }
}
