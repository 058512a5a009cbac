package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Processes;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.TimedPicture;
import io.kinolift.video.VideoReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream becomes a file, however it ends. */
class CollectIT {
    private static final String SOURCE = "lavfi:testsrc2=size=64x48:rate=25";

    private static EmbeddedBroker broker;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void prepare() {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        assertThat(run("topics").code()).isZero();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static String[] command(String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--bootstrap-server", broker.bootstrapServers()))
                .toArray(String[]::new);
    }

    private static CommandLineProgram.Outcome run(String... arguments) {
        return CommandLineProgram.run(command(arguments));
    }

    private static void ingest(String stream, String session, int seconds) {
        CommandLineProgram.Outcome outcome = run(
                "ingest", SOURCE, "--stream", stream, "--session", session, "--duration", Integer.toString(seconds));
        assertThat(outcome.code()).as(outcome.output()).isZero();
    }

    private static String[] collect(Path file, String stream, String... more) {
        return Stream.concat(
                        Stream.of("collect", file.toString(), "--stream", stream, "--topic", "kinolift.frames"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static List<Long> times(Path file) throws Exception {
        List<Long> times = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(file.toString(), ReaderLimits.DEFAULT)) {
            for (TimedPicture next = reader.next(); next != null; next = reader.next()) {
                times.add(next.pts());
                next.close();
            }
        }
        return times;
    }

    @Test
    void severalSessions_theNewestIsTakenOrTheOneAskedFor() throws Exception {
        ingest("several", "5", 1);
        ingest("several", "9", 2);
        Path newest = folder.resolve("newest.mkv");
        CommandLineProgram.Outcome outcome = run(collect(newest, "several"));
        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("2 sessions with frames (5: 25, 9: 50); taking 9, the newest");
        assertThat(times(newest)).hasSize(50);
        Path older = folder.resolve("older.mkv");
        assertThat(run(collect(older, "several", "--session", "5")).code()).isZero();
        assertThat(times(older)).hasSize(25);
    }

    @Test
    void part_isOfItsSequencesAndTimes() throws Exception {
        ingest("part", "1", 4);
        Path file = folder.resolve("part.mkv");
        assertThat(run(collect(file, "part", "--from", "30", "--duration", "00:00:01.2"))
                        .code())
                .isZero();
        assertThat(times(file)).hasSize(30).startsWith(0L, 40L);
    }

    @Test
    void streamThatFallsSilent_isKept() throws Exception {
        Path log = folder.resolve("killed.txt");
        Process producer = CommandLineProgram.start(log, command("ingest", SOURCE, "--stream", "silent", "--realtime"));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            Processes.requireAlive(producer, log);
            return run(collect(
                                    folder.resolve("try.mkv"),
                                    "silent",
                                    "--timeout",
                                    "1",
                                    "--duration",
                                    "0.4",
                                    "--overwrite"))
                            .code()
                    == 0;
        });
        producer.destroyForcibly().waitFor();
        Path file = folder.resolve("silent.mp4");
        CommandLineProgram.Outcome outcome = run(collect(file, "silent", "--timeout", "2"));
        assertThat(outcome.code()).as(outcome.output()).isEqualTo(3);
        assertThat(outcome.output()).contains("the stream has not ended (no frame for 2 s)");
        assertThat(times(file)).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void stopped_theFileIsFinished() throws Exception {
        Process producer = CommandLineProgram.start(
                folder.resolve("live.txt"), command("ingest", SOURCE, "--stream", "live", "--realtime"));
        try {
            for (String signal : List.of("INT", "TERM")) {
                Path file = folder.resolve(signal + ".mp4");
                Path log = folder.resolve("collect-" + signal + ".txt");
                Process collector = CommandLineProgram.start(log, command(collect(file, "live")));
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                    Processes.requireAlive(collector, log);
                    return Files.exists(folder.resolve("." + signal + ".mp4.partial"));
                });
                CommandLineProgram.signal(collector, signal);
                assertThat(collector.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(collector.exitValue()).as(Files.readString(log)).isEqualTo(3);
                assertThat(log).content().contains("stopped by a signal");
                assertThat(times(file)).isNotEmpty();
            }
        } finally {
            producer.destroyForcibly().waitFor();
        }
    }

    /** As a player that is closed. */
    @Test
    void aReaderOfStandardOutputThatGoes_endsItInOrder() throws Exception {
        ingest("read", "1", 20);
        Path log = folder.resolve("read.txt");
        List<String> command = new ArrayList<>(List.of(
                "bash", "-c", "\"$@\" 2> " + log + " | head -c 1000 > /dev/null; exit ${PIPESTATUS[0]}", "bash"));
        command.addAll(CommandLineProgram.command(command(
                "collect", "-", "--output-format", "mpegts", "--stream", "read", "--topic", "kinolift.frames")));
        Process program = new ProcessBuilder(command).start();
        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(program.exitValue()).as(Files.readString(log)).isEqualTo(3);
        assertThat(log).content().contains("who read standard output has gone");
    }

    @Test
    void followed_sessionsAreOneFile() throws Exception {
        Path file = folder.resolve("followed.mkv");
        Path log = folder.resolve("followed.txt");
        ingest("followed", "1", 1);
        Process collector = CommandLineProgram.start(log, command(collect(file, "followed", "--follow")));
        try {
            Path partial = folder.resolve(".followed.mkv.partial");
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                Processes.requireAlive(collector, log);
                return Files.exists(partial);
            });
            ingest("followed", "2", 2);
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                Processes.requireAlive(collector, log);
                assertThat(log).content().contains("session 2 of stream followed has ended");
            });
            CommandLineProgram.signal(collector, "TERM");
            assertThat(collector.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(collector.exitValue()).as(Files.readString(log)).isEqualTo(3);
        } finally {
            collector.destroyForcibly().waitFor();
        }
        List<Long> times = times(file);
        assertThat(times).hasSize(75).isSorted().doesNotHaveDuplicates();
        assertThat(times.getLast()).isEqualTo(74 * 40L);
    }

    @Test
    void playlist_keepsAllItsSegments() throws Exception {
        ingest("playlist", "1", 70);
        Path file = folder.resolve("talk.m3u8");
        CommandLineProgram.Outcome outcome = run(collect(file, "playlist", "--encoder-option", "g=25"));
        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("segments: 12");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).endsWith("#EXT-X-ENDLIST");
        List<String> segments =
                lines.stream().filter(line -> !line.startsWith("#")).toList();
        assertThat(segments).hasSize(12).startsWith("talk_00000.ts").endsWith("talk_00011.ts");
        assertThat(segments).allMatch(segment -> Files.exists(folder.resolve(segment)));
        assertThat(times(file)).hasSize(70 * 25);
        assertThat(run(collect(file, "playlist")).code()).isEqualTo(2);
    }

    @Test
    void unknownStream_isToldAtOnceWithTheNearest() {
        ingest("camera-7", "1", 1);
        CommandLineProgram.Outcome outcome = run(collect(folder.resolve("wrong.mkv"), "camrea-7", "--timeout", "1"));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("no stream \"camrea-7\" on kinolift.frames yet, waiting for it; did you mean \"camera-7\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"avro", "image", "json"})
    void sessionsOfTheOutput_areInItsAccounts(String format) throws Exception {
        Map<String, String> clients =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "application.id", "to-" + format);
        Map<String, String> ours = Map.of("kinolift.scale.factor", "1,2,2", "kinolift.output.format", format);
        try (KinoliftStreams streams =
                new KinoliftStreams(new KinoliftConfig(ours), clients, folder.resolve("state-" + format))) {
            streams.start();
            ingest(format, "3", 1);
            ingest(format, "4", 2);
            Path file = folder.resolve(format + ".mkv");
            CommandLineProgram.Outcome first = run("collect", file.toString(), "--stream", format, "--session", "4");
            assertThat(first.code()).as(first.output()).isZero();
            CommandLineProgram.Outcome outcome = run("collect", file.toString(), "--stream", format, "--overwrite");
            assertThat(outcome.code()).as(outcome.output()).isZero();
            assertThat(outcome.output()).contains("(3: 25, 4: 50); taking 4");
            assertThat(times(file)).hasSize(50);
        }
    }
}
