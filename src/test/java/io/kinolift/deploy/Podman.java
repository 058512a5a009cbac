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

    /** How a command ended; podman's own complaints, such as about systemd, are among the errors. */
    record Outcome(int exitCode, String output, String errors) {
        String orFail() {
            if (exitCode != 0) {
                throw new AssertionError("expected exit code 0, found " + exitCode + ": " + all());
            }
            return output.strip();
        }

        String all() {
            return output + errors;
        }
    }

    static Outcome run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("podman"));
        command.addAll(List.of(arguments));
        // Podman leaves a file named oom where it was started, if memory runs out.
        return execute(Duration.ofMinutes(5), Path.of("target"), command);
    }

    static Outcome execute(Duration patience, List<String> command) throws IOException, InterruptedException {
        return execute(patience, Path.of("."), command);
    }

    private static Outcome execute(Duration patience, Path folder, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("podman", ".txt");
        Path errors = Files.createTempFile("podman", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + String.join(" ", command) + "\n" + Files.readString(output)
                        + Files.readString(errors));
            }
            return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
