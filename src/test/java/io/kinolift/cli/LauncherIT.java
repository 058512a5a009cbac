package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Distribution;
import io.kinolift.runtime.Version;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
    private static final Path PROGRAM = Path.of("target/kinolift/bin/kinolift").toAbsolutePath();
    private static final Pattern ARCHIVE = Pattern.compile("-XX:SharedArchiveFile=(\\S+/collect-\\d+\\.jsa)");

    @TempDir
    private Path folder;

    @Test
    void help_namesTheCommands() throws Exception {
        Distribution.Outcome outcome = Distribution.run(folder, "--help");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output()).contains("upscale", "run", "ingest", "collect", "topics", "compare");
    }

    @Test
    void unknownOption_isWrongUsage() throws Exception {
        assertThat(Distribution.run(folder, "upscale", "--no-such-option").exitCode())
                .isEqualTo(2);
    }

    @Test
    void valueOutOfBounds_isOneLineThatNamesTheSetting() throws Exception {
        Path output = folder.resolve("out.mp4");
        Distribution.Outcome outcome =
                Distribution.run(folder, "upscale", "pom.xml", output.toString(), "--scale-factor", "2,two,2");
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(2);
        assertThat(outcome.output()).contains("kinolift:").doesNotContain("\tat ");
    }

    @Test
    void version_isOneLine() throws Exception {
        for (String option : List.of("--version", "-V")) {
            Distribution.Outcome outcome = Distribution.run(folder, option);
            assertThat(outcome).isEqualTo(new Distribution.Outcome(0, "kinolift " + Version.NUMBER + "\n"));
        }
    }

    @Test
    void helpOfACommand_isOfItsOwnOptions() throws Exception {
        Distribution.Outcome outcome = Distribution.run(folder, "topics", "--help");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output()).startsWith("Usage: kinolift topics").contains("--replication-factor");
    }

    @Test
    void argumentsInAFile_mayNameTheCommand() throws Exception {
        Path file = Files.writeString(folder.resolve("arguments"), "topics --help\n");
        assertThat(Distribution.run(folder, "@" + file).output()).startsWith("Usage: kinolift topics");
    }

    @Test
    void commandThatIsNone_isWrongUsageAndTheLikeIsNamed() throws Exception {
        Distribution.Outcome outcome = Distribution.run(folder, "upscal");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).contains("upscal").contains("upscale").doesNotContain("\tat ");
    }

    @Test
    void vectorsAreThereAndTheJvmDoesNotWarn() throws Exception {
        Path log = folder.resolve("bench.txt");
        // Its first figure is the peak of vectors, and an error where there are none.
        Process bench = Distribution.startAsDelivered(log, "bench", "--quick", "--only", "trilinear 1,1.5,1.5 luma");
        assertThat(bench.waitFor()).as(Files.readString(log)).isZero();
        assertThat(log).content().contains("trilinear 1,1.5,1.5 luma").doesNotContainIgnoringCase("warning");
    }

    @Test
    void optionThatTheJvmRefuses_isShown() throws Exception {
        Path log = folder.resolve("refused.txt");
        Process refused = Distribution.startWithOptions("-XX:NoSuchOption=1", log, "--version");
        assertThat(refused.waitFor()).isEqualTo(1);
        assertThat(log).content().contains("NoSuchOption");
    }

    @Test
    void onlyShortCommands_doWithoutTheBetterCompiler() throws Exception {
        for (String[] quick : new String[][] {{}, {"--help"}, {"-V"}, {"upscale", "-h"}}) {
            assertThat(command(quick)).contains("-XX:TieredStopAtLevel=1");
        }
        assertThat(command("upscale", "in.mp4", "--help")).doesNotContain("TieredStopAtLevel");
        assertThat(command("run")).doesNotContain("TieredStopAtLevel");
    }

    @Test
    void anArchiveOfClasses_isOfWorkAndNotOfHelp() throws Exception {
        Matcher work = ARCHIVE.matcher(command("collect", "out.mkv", "--stream", "a"));
        assertThat(work.find()).isTrue();
        for (String help : List.of("--help", "-h", "--version", "-V")) {
            assertThat(command("collect", help))
                    .contains("io.kinolift.cli.Kinolift collect " + help)
                    .doesNotContain("SharedArchiveFile");
        }
        Path archive = Path.of(work.group(1));
        resize(archive, 12_000_000);
        assertThat(command("collect", "out.mkv")).contains(archive.toString());
        assertThat(archive).as("what a wrong option left").doesNotExist();
        resize(archive, 32_000_000);
        assertThat(command("collect", "--help")).contains(archive.toString());
        assertThat(archive).hasSize(32_000_000);
    }

    private static void resize(Path file, long bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(bytes);
        }
    }

    /** What the script would start: its Java is one that says how it was called. */
    private String command(String... arguments) throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KINOLIFT_JAVA", folder.resolve("jdk").toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
