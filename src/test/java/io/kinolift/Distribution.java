package io.kinolift;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program, as a user starts it. */
public final class Distribution {
    /** Names more options for the program's JVM. */
    public static final String OPTIONS = "KINOLIFT_JAVA_OPTS";

    /**
     * Of a JVM that works for seconds on small pictures: the better compiler takes half of its processor time, and vectors
     * are slow without it. Tests of large pictures, and of the program as it comes, give other options.
     */
    public static final String QUICK = "-XX:TieredStopAtLevel=1 -Dkinolift.simd=off";

    private static final Path PROGRAM = Path.of("target/kinolift/bin/kinolift").toAbsolutePath();

    private static final String CACHE = ClassArchives.of(PROGRAM).toString();

    private Distribution() {}

    /** What a finished command printed and how it ended. */
    public record Outcome(int exitCode, String output) {}

    /** Starts a command in a {@link #QUICK} JVM; everything it prints goes to the file. */
    public static Process start(Path log, String... arguments) throws IOException {
        return startWithOptions(QUICK, log, arguments);
    }

    /** Starts a command as a user does. */
    public static Process startAsDelivered(Path log, String... arguments) throws IOException {
        return startWithOptions("", log, arguments);
    }

    /**
     * Starts the program with options for its JVM.
     *
     * @param javaOptions of the JVM, as a user gives them in {@code KINOLIFT_JAVA_OPTS}
     */
    public static Process startWithOptions(String javaOptions, Path log, String... arguments) throws IOException {
        return startIn(Map.of(OPTIONS, javaOptions), log, arguments);
    }

    /** Starts a command with more environment variables. */
    public static Process startIn(Map<String, String> environment, Path log, String... arguments) throws IOException {
        return prepared(environment, log, arguments).start();
    }

    /** Starts a command in a {@link #QUICK} JVM, in the folder of its log. */
    public static Process startBeside(Map<String, String> environment, Path log, String... arguments)
            throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(OPTIONS, QUICK));
        all.putAll(environment);
        return prepared(all, log, arguments).directory(log.getParent().toFile()).start();
    }

    private static ProcessBuilder prepared(Map<String, String> environment, Path log, String... arguments)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(List.of(), arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put(ClassArchives.VARIABLE, CACHE);
        builder.environment().putAll(environment);
        builder.environment().put(OPTIONS, temporary(log) + " " + environment.getOrDefault(OPTIONS, ""));
        return builder;
    }

    private static List<String> command(List<String> before, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(PROGRAM.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * A folder for temporary files beside the log: programs of tests that run at the same time do not clean up after each
     * other, and what a killed one leaves goes with the test.
     */
    private static String temporary(Path log) throws IOException {
        return "-Djava.io.tmpdir=" + Files.createDirectories(log.resolveSibling("tmp"));
    }

    /** Runs a command between two files, as a shell does with &lt; and &gt;; what else it prints goes to a third. */
    public static int pipe(Path in, Path out, Path log, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        command(List.of("sh", "-c", "cat \"$0\" | \"$@\"", in.toString()), arguments))
                .redirectOutput(out.toFile())
                .redirectError(log.toFile());
        builder.environment().put(ClassArchives.VARIABLE, CACHE);
        builder.environment().put(OPTIONS, temporary(log));
        Process process = builder.start();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("did not end: " + String.join(" ", arguments) + "\n" + Files.readString(log));
        }
        return process.exitValue();
    }

    /** Starts a command as the program's script does, with classes that stand before the distribution's. */
    public static Process startWith(Path classes, Path log, String... arguments) throws IOException {
        Path libraries = PROGRAM.resolveSibling("../lib").normalize();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                temporary(log),
                "-XX:ErrorFile=" + log.resolveSibling("hs_err"),
                "-cp",
                classes + File.pathSeparator + libraries.resolve("*"),
                "io.kinolift.cli.Kinolift"));
        command.addAll(List.of(arguments));
        // In the log's folder, where a core dump does no harm.
        return new ProcessBuilder(command)
                .directory(log.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /**
     * Starts a command in a folder, as a user without any mask for the permissions of files.
     *
     * @param folder also holds temporary files, in {@code tmp}
     */
    public static Process startUnmasked(Path folder, Path log, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        command(List.of("sh", "-c", "umask 000; exec \"$@\"", "sh"), arguments))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put(ClassArchives.VARIABLE, CACHE);
        builder.environment().put(OPTIONS, QUICK + " -Djava.io.tmpdir=" + folder.resolve("tmp"));
        return builder.start();
    }

    /** Runs a command to its end, in a {@link #QUICK} JVM. */
    public static Outcome run(Path folder, String... arguments) throws IOException, InterruptedException {
        return run(QUICK, folder, arguments);
    }

    /** Runs a command to its end, as a user does. */
    public static Outcome runAsDelivered(Path folder, String... arguments) throws IOException, InterruptedException {
        return run("", folder, arguments);
    }

    private static Outcome run(String javaOptions, Path folder, String... arguments)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "output", ".txt");
        Process process = startWithOptions(javaOptions, log, arguments);
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("did not end: " + String.join(" ", arguments) + "\n" + Files.readString(log));
        }
        return new Outcome(process.exitValue(), Files.readString(log));
    }
}
