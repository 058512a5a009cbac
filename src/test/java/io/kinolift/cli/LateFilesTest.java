package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateFilesTest {
    @TempDir
    private Path folder;

    @Test
    void newFilesAndThoseThatAreThere_areFine() throws Exception {
        Path there = Files.createFile(folder.resolve("there"));
        LateFiles.requirePlaces(there, null, folder.resolve("new"), Path.of("relative"));
    }

    @Test
    void placesWithoutAFolder_areRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertRefused(folder, "expected a file to write, found the folder " + folder);
        assertRefused(
                folder.resolve("none/plot.png"),
                "expected a folder " + folder.resolve("none") + " to write to, found none");
        assertRefused(file.resolve("plot.png"), "expected a folder " + file + " to write to, found a file");
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> LateFiles.requirePlaces(null, file))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    /** Before they look at anything else. */
    @Test
    void commandsSayIt_beforeTheirWork() {
        String place = folder.resolve("none/out").toString();
        for (List<String> command : List.of(
                List.of("size", "--streams", "1", "--plot", place),
                List.of("size", "--streams", "1", "--figures", place),
                List.of("bench", "--json", place),
                List.of("bench", "--plot", place),
                List.of("compare", "a.mp4", "b.mp4", "--picture", place),
                List.of("evaluate", "a.mp4", "--csv", place),
                List.of("inspect", "a.mp4", "--frame", "1", "--plot", place))) {
            CommandLineProgram.Outcome outcome = CommandLineProgram.run(command.toArray(String[]::new));
            assertThat(outcome.code()).as("%s: %s", command, outcome.output()).isEqualTo(2);
            assertThat(outcome.output())
                    .contains("expected a folder " + folder.resolve("none") + " to write to, found none");
        }
    }
}
