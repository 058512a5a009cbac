package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The programs of the guide for clients, and others' programs, as a user starts them. A test that needs one that is not
 * installed is skipped, and says what is missing.
 *
 * @param folder for copies and for what they print
 */
record ClientPrograms(Path folder) {
    private static final Path GUIDE = Path.of("src/doc/clients").toAbsolutePath();
    private static final Path SCHEMA = Path.of("schemas/VideoFrame.avsc").toAbsolutePath();
    /** The system's, which has Debian's packages; the first one of the path may be another. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final int PATIENCE_SECONDS = 90;

    /** Python with modules that come as packages of the system. */
    void requirePython(String... modules) throws Exception {
        requireRun("modules of " + PYTHON, PYTHON, "-c", "import " + String.join(", ", modules));
    }

    void requireKcat() throws Exception {
        requireRun("kcat", "kcat", "-V");
    }

    /** A copy of the programs in JavaScript with the packages that they need, and what they read videos with. */
    void requireJavaScript() throws Exception {
        requireRun("ffmpeg", "ffmpeg", "-version");
        requireRun("node", "node", "--version");
        Path copy = folder.resolve("javascript");
        if (!Files.exists(copy)) {
            Files.createDirectory(copy);
            for (Path file : files(GUIDE.resolve("javascript"))) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
            Files.copy(SCHEMA, copy.resolve(SCHEMA.getFileName()));
        }
        if (!Files.exists(copy.resolve("node_modules/.package-lock.json"))) {
            requireRun(
                    "packages of npm", "npm", "ci", "--prefix", copy.toString(), "--no-audit", "--fetch-retries", "0");
        }
    }

    private void requireRun(String what, String... command) throws Exception {
        try {
            Outcome outcome = run(null, null, List.of(command));
            assumeTrue(outcome.code == 0, () -> what + " are missing: " + outcome.output);
        } catch (IOException e) {
            assumeTrue(false, what + " is missing: " + e.getMessage());
        }
    }

    /**
     * Runs a program of the guide, or of a path, to its end.
     *
     * @param maker of what it waits for; null for none
     * @return what it printed
     */
    String python(KinoliftStreams maker, String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(PYTHON, "-B"));
        command.add(
                program.contains("/")
                        ? program
                        : GUIDE.resolve("python/" + program).toString());
        command.addAll(List.of(arguments));
        return succeed(maker, null, command);
    }

    String javaScript(KinoliftStreams maker, String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("node", folder.resolve("javascript").resolve(program).toString()));
        command.addAll(List.of(arguments));
        return succeed(maker, null, command);
    }

    /** @param input a file that it reads as its standard input; null for none */
    String kcat(Path input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("kcat", "-q"));
        command.addAll(List.of(arguments));
        return succeed(null, input, command);
    }

    private String succeed(KinoliftStreams maker, Path input, List<String> command) throws Exception {
        Outcome outcome = run(maker, input, command);
        assertThat(outcome.code).as("%s: %s", command, outcome.output).isZero();
        return outcome.output;
    }

    private record Outcome(int code, String output) {}

    private Outcome run(KinoliftStreams maker, Path input, List<String> command) throws Exception {
        Path printed = Files.createTempFile(folder, "printed", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(
                        input == null ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.from(input.toFile()))
                .redirectOutput(printed.toFile())
                .start();
        try {
            for (int seconds = 0; !process.waitFor(1, TimeUnit.SECONDS); seconds++) {
                assertThat(seconds)
                        .as("%s: %s", command, Files.readString(printed))
                        .isLessThan(PATIENCE_SECONDS);
                if (maker != null) {
                    assertThat(maker.failure()).isEmpty();
                }
            }
            return new Outcome(process.exitValue(), Files.readString(printed));
        } finally {
            process.destroyForcibly();
        }
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
