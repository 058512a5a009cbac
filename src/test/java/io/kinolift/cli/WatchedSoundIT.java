package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.FreePorts;
import io.kinolift.ffmpeg.FfmpegProgram;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.video.FlashAndBeep;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a player hears of a stream that it joins while it goes on: a flash and a beep stay together. */
class WatchedSoundIT {
    private static final double MOST = 0.020;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static EmbeddedBroker broker;
    private static Process application;
    private static String url;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(FfmpegProgram.isAvailable(), "FFmpeg's program does not start here (it needs libpulse.so.0)");
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        int port = FreePorts.next();
        url = "http://127.0.0.1:" + port + "/";
        Path config = Files.writeString(
                folder.resolve("kinolift.properties"),
                "kinolift.window.size=2\nkinolift.scale.factor=2,2,2\nkinolift.http.port=" + port + "\n");
        assertThat(CommandLineProgram.run(command("topics")).code()).isZero();
        application = CommandLineProgram.start(
                folder.resolve("run.txt"),
                command(
                        "run",
                        "--config",
                        config.toString(),
                        "--state-dir",
                        folder.resolve("state").toString()));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (application != null) {
            application.destroy();
            application.waitFor();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private static String[] command(String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--bootstrap-server", broker.bootstrapServers()))
                .toArray(String[]::new);
    }

    /** A minute with a flash and a beep every two seconds. */
    private static Path clip(String container, List<Object> sound) {
        Path once = folder.resolve("once.mov");
        if (!Files.exists(once)) {
            FlashAndBeep.make(once, List.of(), List.of(), List.of("-c:v", "mpeg4", "-g", 5, "-c:a", "pcm_s16le"));
        }
        Path file = folder.resolve("clip-" + sound.getLast() + "." + container);
        FfmpegProgram.run(
                Stream.of(List.<Object>of("-stream_loop", 29, "-i", once, "-c:v", "copy"), sound, List.of(file))
                        .flatMap(List::stream)
                        .toArray());
        return file;
    }

    private static Process ingest(Path clip, String stream, String... more) throws IOException {
        return CommandLineProgram.start(
                folder.resolve(stream + ".txt"),
                command(Stream.concat(
                                Stream.of("ingest", clip.toString(), "--stream", stream, "--realtime"), Stream.of(more))
                        .toArray(String[]::new)));
    }

    /** Seven seconds of a stream as FFmpeg plays it. */
    private static Path watch(String stream, Object... encoding) throws IOException {
        String playlist = url + "watch/" + stream + "/index.m3u8";
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(playlist)).build();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> client.send(request, HttpResponse.BodyHandlers.ofString())
                                    .statusCode()
                            == 200);
        }
        Path file = folder.resolve(stream + ".mov");
        FfmpegProgram.run(Stream.of(List.of("-i", playlist, "-t", 7), List.of(encoding), List.of(file))
                .flatMap(List::stream)
                .toArray());
        assertThat(file).as(Files.readString(folder.resolve("run.txt"))).isNotEmptyFile();
        return file;
    }

    private static void assertTogether(Path file, double most) throws Exception {
        List<Double> flashes = FlashAndBeep.flashes(file);
        List<Double> beeps = FlashAndBeep.beeps(file);
        assertThat(beeps).hasSizeGreaterThan(2);
        for (double flash : flashes) {
            assertThat(beeps)
                    .as("beeps near the flash at %s", flash)
                    .anySatisfy(beep -> assertThat(beep).isCloseTo(flash, within(most)));
        }
    }

    @ParameterizedTest
    @CsvSource({"aac,mp4,48000", "libopus,mkv,48000", "mp3,mp4,44100", "pcm_mulaw,mov,8000"})
    void flashAndBeepStayTogether(String codec, String container, int rate) throws Exception {
        Process source = ingest(clip(container, List.of("-c:a", codec, "-ar", rate)), codec);
        try {
            assertTogether(watch(codec, "-c", "copy"), MOST);
        } finally {
            source.destroyForcibly();
        }
    }

    /** Each pass is a discontinuity. Players that decode must find times that go on. */
    @Test
    void atTheJoinsOfPasses_nothingIsLost() throws Exception {
        clip("mov", List.of("-c:a", "pcm_s16le"));
        Process source = ingest(folder.resolve("once.mov"), "passes", "--loop", "forever");
        try {
            Path file = watch("passes", "-c:v", "mpeg4", "-c:a", "pcm_s16le");
            List<Double> flashes = FlashAndBeep.flashes(file);
            assertThat(flashes).hasSizeBetween(3, 4);
            for (int i = 1; i < flashes.size(); i++) {
                assertThat(flashes.get(i) - flashes.get(i - 1)).isCloseTo(2, within(0.045));
            }
            // The file counts samples, and each pass is filled up to a whole frame of AAC.
            assertTogether(file, MOST + 4 * 0.0054);
        } finally {
            source.destroyForcibly();
        }
    }

    @Test
    void aStreamWithoutSound_hasNoTrackOfIt() throws Exception {
        Process source = ingest(clip("mp4", List.of("-an")), "mute");
        try {
            Path file = watch("mute", "-c", "copy");
            assertThat(FlashAndBeep.flashes(file)).hasSizeGreaterThan(2);
            assertThat(FlashAndBeep.hasSound(file)).isFalse();
        } finally {
            source.destroyForcibly();
        }
    }
}
