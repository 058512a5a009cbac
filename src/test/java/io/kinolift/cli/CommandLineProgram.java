package io.kinolift.cli;

import io.kinolift.Distribution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program, in this process or as one of its own that signals can reach. */
final class CommandLineProgram {
    private CommandLineProgram() {}

    /**
     * What a command printed and how it ended.
     *
     * @param output of stdout and stderr together
     */
    record Outcome(int code, String output) {}

    static Outcome run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(capture);
        System.setErr(capture);
        try {
            int code = Kinolift.execute(arguments);
            return new Outcome(code, printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Starts the packaged program, in the folder of its log; everything it prints goes to that file. */
    static Process start(Path log, String... arguments) throws IOException {
        return start(Map.of(), log, arguments);
    }

    static Process start(Map<String, String> environment, Path log, String... arguments) throws IOException {
        return Distribution.startBeside(environment, log, arguments);
    }

    /** For a process of its own, of the classes under test. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dkinolift.simd=off",
                "-cp",
                System.getProperty("java.class.path"),
                "io.kinolift.cli.Kinolift"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A signal, as {@code kill} sends it. */
    static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }
}
