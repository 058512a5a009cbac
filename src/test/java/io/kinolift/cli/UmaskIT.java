package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kinolift.Distribution;
import io.kinolift.Processes;
import io.kinolift.fit.SyntheticClip;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With umask 000, other users of the machine can read nothing but what the user has asked for, and native libraries. */
@DisabledOnOs(OS.WINDOWS)
class UmaskIT {
    private static final Set<PosixFilePermission> READ =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
    private static final Set<PosixFilePermission> ENTER =
            Set.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
    private static final Pattern LIBRARY = Pattern.compile("tmp/[^/]*(rocksdbjni|zstd|lz4|snappy)[^/]*");
    private static final Pattern ADDRESS = Pattern.compile("bootstrap server: (127\\.0\\.0\\.1:[0-9]+)");

    @TempDir
    private Path closed;

    /** Open to everybody, and so is what stands in it from the beginning. */
    private Path folder;

    private Path log;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void makeOpen() throws Exception {
        folder = Files.createDirectory(closed.resolve("open"));
        Files.createDirectory(folder.resolve("tmp"));
        for (Path each : List.of(folder, folder.resolve("tmp"))) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        log = closed.resolve("log.txt");
    }

    @AfterEach
    void stop() throws Exception {
        for (Process process : processes.reversed()) {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Process start(String... arguments) throws IOException {
        Process process = Distribution.startUnmasked(folder, log, arguments);
        processes.add(process);
        return process;
    }

    /** Files that others can read, by the permissions of each and of the folders above it. */
    private Set<String> readable() throws IOException {
        Set<String> found = new TreeSet<>();
        collect(folder, found);
        found.removeIf(name -> LIBRARY.matcher(name).matches());
        return found;
    }

    private void collect(Path parent, Set<String> found) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
            for (Path child : children) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(child, LinkOption.NOFOLLOW_LINKS);
                boolean isFolder = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
                if (isFolder && !Collections.disjoint(permissions, ENTER)) {
                    collect(child, found);
                } else if (!isFolder && !Collections.disjoint(permissions, READ)) {
                    found.add(folder.relativize(child).toString());
                }
            }
        } catch (NoSuchFileException e) {
            // Removed meanwhile.
        }
    }

    /** All that could be read at any time until the process ended. */
    private Set<String> readableUntilTheEndOf(Process process) throws Exception {
        Set<String> found = new TreeSet<>();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (process.isAlive() && System.nanoTime() < end) {
            found.addAll(readable());
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        assertThat(process.waitFor(1, TimeUnit.SECONDS))
                .as(Files.readString(log))
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        found.addAll(readable());
        return found;
    }

    @Test
    void upscale_showsItsOutputAlone() throws Exception {
        Path clip = SyntheticClip.write(closed.resolve("in.mkv"), 160, 96, 100, 1);
        assertThat(readableUntilTheEndOf(start("upscale", clip.toString(), "out.mkv")))
                .containsOnly("out.mkv", ".out.mkv.partial");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("out.mkv"))))
                .as("the user's own output has the user's umask")
                .isEqualTo("rw-rw-rw-");
    }

    @Test
    void fit_showsItsWeightsAlone() throws Exception {
        Path clips = Files.createDirectory(closed.resolve("clips"));
        for (int i = 1; i <= 3; i++) {
            SyntheticClip.write(clips.resolve(i + ".mkv"), 160, 96, 60, i);
        }
        assertThat(readableUntilTheEndOf(start("fit", "weights.safetensors", clips.toString())))
                .containsOnly("weights.safetensors");
    }

    @Test
    void brokerAndRun_showNothing() throws Exception {
        Path clip = SyntheticClip.write(closed.resolve("in.mkv"), 160, 96, 50, 1);
        start("broker", "--port", "0", "--data-dir", "data");
        Matcher address = ADDRESS.matcher("");
        await().atMost(Duration.ofMinutes(1))
                .failFast(() -> Processes.requireAlive(processes.getLast(), log))
                .until(() -> address.reset(Files.readString(log)).find());
        String[] broker = {"--bootstrap-server", address.group(1)};
        assertThat(readableUntilTheEndOf(start("topics", broker[0], broker[1]))).isEmpty();
        start("run", broker[0], broker[1], "--set", "kinolift.http.port=-1");
        await().atMost(Duration.ofMinutes(1))
                .failFast(() -> Processes.requireAlive(processes.getLast(), log))
                .until(() -> Files.readString(log).contains("running: "));
        assertThat(readableUntilTheEndOf(start("ingest", clip.toString(), broker[0], broker[1], "--stream", "a")))
                .isEmpty();
        assertThat(readableUntilTheEndOf(start("collect", "out.mkv", broker[0], broker[1], "--stream", "a")))
                .containsOnly("out.mkv", ".out.mkv.partial");
        assertThat(folder.resolve("data/kinolift.frames-0")).isDirectory();
        assertThat(folder.resolve("kinolift-state/kinolift")).isNotEmptyDirectory();
        assertThat(folder.resolve("kinolift-state-journal/decoding")).exists();
    }
}
