package io.kinolift.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program podman, and what it said. */
final class Podman {
    static final String IMAGE = "localhost/kinolift";

    private Podman() {}

    /** How a command ended. */
    record Outcome(int exitCode, String output) {
        String orFail() {
            if (exitCode != 0) {
                throw new AssertionError("expected exit code 0, found " + exitCode + ": " + output);
            }
            return output.strip();
        }
    }

    static Outcome run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("podman"));
        command.addAll(List.of(arguments));
        return execute(Duration.ofMinutes(3), command);
    }

    static Outcome execute(Duration patience, List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("podman", ".txt");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(log.toFile()).start();
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + String.join(" ", command) + "\n" + Files.readString(log));
            }
            return new Outcome(process.exitValue(), Files.readString(log));
        } finally {
            Files.delete(log);
        }
    }
}
