package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated
class LogFileTest {
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        if (root.getAppender("file") != null) {
            root.getAppender("file").stop();
            root.detachAppender("file");
        }
    }

    @Test
    void theFile_hasStackTracesAndRetries_andIsPrivate() throws Exception {
        Path state = folder.resolve("state");
        LogFile.in(state);
        LoggerFactory.getLogger("org.apache.kafka.clients.producer.internals.Sender")
                .warn("retrying");
        LoggerFactory.getLogger("io.kinolift.Test").error("failed\nso", new IllegalStateException("on purpose"));
        Path file = state.resolve(LogFile.NAME);
        assertThat(Files.readString(file))
                .containsPattern("\\d{4}-\\d\\d-\\d\\d [0-9:.]{12} WARN  Sender: retrying\n")
                .contains(
                        "ERROR Test: failed\n    | so\n    | java.lang.IllegalStateException: on purpose\n    |   at io.");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    @Test
    void aFullFile_isKeptOnce_andTheNextOneIsPrivateToo() throws Exception {
        LogFile.in(folder, new FileSize(100), Duration.buildByMilliseconds(0));
        for (int i = 0; i < 3; i++) {
            LoggerFactory.getLogger("io.kinolift.Test").warn("x".repeat(200));
        }
        LoggerFactory.getLogger("io.kinolift.Test").warn("last");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(LogFile.NAME, LogFile.NAME + ".1");
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve(LogFile.NAME))).hasSize(2);
        assertThat(Files.getPosixFilePermissions(folder.resolve(LogFile.NAME + ".1")))
                .hasSize(2);
        assertThat(Files.size(folder.resolve(LogFile.NAME))).isLessThan(600);
    }

    @Test
    void aFolderThatCannotBe_leavesTheLogWhereItWas() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        LogFile.in(file);
        assertThat(root.getAppender("file")).isNull();
    }
}
