package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.avro.AudioPacket;
import io.kinolift.ffmpeg.FfmpegProgram;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.video.FlashAndBeep;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound goes through Kafka beside the pictures, and comes out where it was: a flash and a beep stay together. */
class SoundIT {
    /** Of a player; half a frame of 25 per second. */
    private static final double MOST = 0.020;

    private static final int TS_PACKET = 188;
    private static final List<String> TARGETS = List.of("mp4", "mkv", "ts", "avi");

    private static EmbeddedBroker broker;
    private static SoundClips topics;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void prepare() {
        assumeTrue(FfmpegProgram.isAvailable(), "FFmpeg's program does not start here (it needs libpulse.so.0)");
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        topics = new SoundClips(broker);
        run("topics");
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private static String[] command(String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--bootstrap-server", broker.bootstrapServers()))
                .toArray(String[]::new);
    }

    private static String run(String... arguments) {
        CommandLineProgram.Outcome outcome = CommandLineProgram.run(command(arguments));
        assertThat(outcome.code()).as(outcome.output()).isZero();
        return outcome.output();
    }

    private static String ingest(Path source, String stream, String... more) {
        return run(Stream.concat(Stream.of("ingest", source.toString(), "--stream", stream), Stream.of(more))
                .toArray(String[]::new));
    }

    private static String collect(Path file, String stream, String... more) {
        return run(Stream.concat(
                        Stream.of("collect", file.toString(), "--stream", stream, "--topic", SoundClips.FRAMES),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static Path clip(String container, String codec, String kind) {
        Path file = folder.resolve(kind + "-" + codec + "." + container);
        if (Files.exists(file)) {
            return file;
        }
        if (kind.equals("cut")) {
            // An edit list hides sound before the first picture, which follows a key frame by 0.1 s.
            FfmpegProgram.run("-ss", 0.5, "-i", clip(container, codec, "plain"), "-c", "copy", file);
            return file;
        }
        return FlashAndBeep.make(
                file,
                kind.equals("videoLate") ? List.of("-itsoffset", 0.3) : List.of(),
                kind.equals("audioLate") ? List.of("-itsoffset", 0.3) : List.of(),
                List.of(
                        "-c:v",
                        container.equals("webm") ? "libvpx" : container.equals("flv") ? "flv" : "mpeg4",
                        "-g",
                        5,
                        "-bf",
                        kind.equals("reordered") ? 2 : 0,
                        "-c:a",
                        codec,
                        "-output_ts_offset",
                        kind.equals("tenHours") ? 36_000 : 0));
    }

    /** Each codec and each kind of offset goes to each container; {@link #theOffsetIsKept_betweenAllContainers} does all. */
    @ParameterizedTest
    @CsvSource({
        "mp4, aac, plain, mp4 ts",
        "mp4, aac, audioLate, mkv",
        "mp4, aac, videoLate, mp4 ts",
        "ts, aac, plain, mkv avi",
        "ts, aac, tenHours, mp4 mkv ts avi",
        "ts, aac, audioLate, avi",
        "webm, libopus, plain, mp4 avi",
        "mkv, libopus, videoLate, mkv ts",
        "avi, libmp3lame, plain, mkv avi",
        "mp4, libmp3lame, audioLate, mp4 ts",
        "ts, ac3, plain, mp4 ts",
        "mkv, ac3, videoLate, mkv avi",
        "mov, pcm_s16le, plain, mp4 avi",
        "avi, pcm_s16le, plain, ts",
        "mkv, pcm_s16le, audioLate, mkv",
        "flv, aac, plain, mkv",
        "mov, aac, reordered, mp4 mkv ts avi",
        "mp4, aac, cut, mp4 mkv ts avi"
    })
    void theOffsetIsKept_whateverTheCodecAndTheContainer(String container, String codec, String kind, String targets)
            throws Exception {
        keepsTheOffset(container + codec + kind, container, codec, kind, List.of(targets.split(" ")));
    }

    @Tag("endurance")
    @ParameterizedTest
    @CsvSource({
        "mp4, aac, plain",
        "mp4, aac, audioLate",
        "mp4, aac, videoLate",
        "ts, aac, plain",
        "ts, aac, audioLate",
        "webm, libopus, plain",
        "mkv, libopus, videoLate",
        "avi, libmp3lame, plain",
        "mp4, libmp3lame, audioLate",
        "ts, ac3, plain",
        "mkv, ac3, videoLate",
        "mov, pcm_s16le, plain",
        "avi, pcm_s16le, plain",
        "mkv, pcm_s16le, audioLate",
        "flv, aac, plain"
    })
    void theOffsetIsKept_betweenAllContainers(String container, String codec, String kind) throws Exception {
        keepsTheOffset("all-" + container + codec + kind, container, codec, kind, TARGETS);
    }

    private static void keepsTheOffset(String stream, String container, String codec, String kind, List<String> targets)
            throws Exception {
        Path source = clip(container, codec, kind);
        double before = FlashAndBeep.offset(source);
        assertThat(ingest(source, stream)).contains("sound: ").contains(" to kinolift.audio");
        for (String target : targets) {
            Path file = folder.resolve(stream + "." + target);
            String said = collect(file, stream);
            assertThat(FlashAndBeep.offset(file) - before)
                    .as(target + "\n" + said)
                    .isCloseTo(0, within(MOST));
        }
    }

    @Test
    void throughTheApplication_twiceTheRateAndTheSize() throws Exception {
        Path source = clip("mp4", "aac", "plain");
        Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers(), "application.id", "to");
        Map<String, String> ours = Map.of("kinolift.scale.factor", "2,2,2", "kinolift.temporal.grid", "source");
        try (KinoliftStreams streams =
                new KinoliftStreams(new KinoliftConfig(ours), clients, folder.resolve("state"))) {
            streams.start();
            ingest(source, "run");
            for (String target : List.of("mp4", "mkv", "ts")) {
                Path file = folder.resolve("run." + target);
                run("collect", file.toString(), "--stream", "run");
                double moved = FlashAndBeep.offset(file) - FlashAndBeep.offset(source);
                // A made frame half-way to the flash is grey, and counts as dark or as light.
                assertThat(moved).as(target).isCloseTo(0, within(MOST + 0.0001));
            }
            assertThat(topics.records("kinolift.dead-letters", "run")).isEmpty();
        }
    }

    @Test
    void part_beginsAndEndsWithThePictures() throws Exception {
        ingest(clip("mp4", "aac", "plain"), "part");
        for (String target : TARGETS) {
            Path file = folder.resolve("part." + target);
            collect(file, "part", "--from", "13", "--duration", "1");
            assertThat(FlashAndBeep.offset(file)).as(target).isCloseTo(0, within(MOST));
            // Up to one packet longer: 21 ms of AAC, 36 ms at most after a conversion.
            assertThat(FlashAndBeep.end(file)).as(target).isBetween(0.95, 1.04);
        }
    }

    @Test
    void gapsInPicturesAndInSound_moveNothing() throws Exception {
        ingest(clip("mp4", "aac", "plain"), "whole");
        topics.copy(SoundClips.FRAMES, "whole", "gap", value -> {
            long sequence = SoundClips.frame(value).getSequence();
            return sequence < 5 || sequence > 14;
        });
        topics.copy(SoundClips.AUDIO, "whole", "gap", value -> {
            long sequence = SoundClips.audio(value).getSequence();
            return sequence < 25 || sequence > 35;
        });
        for (String target : TARGETS) {
            Path file = folder.resolve("gap." + target);
            String said = collect(file, "gap");
            assertThat(FlashAndBeep.offset(file)).as(target + "\n" + said).isCloseTo(0, within(MOST));
            assertThat(said).contains("sound: 11 records are missing on the topic");
        }
    }

    @ParameterizedTest
    @CsvSource({"mp4, aac, mp4 mkv", "avi, libmp3lame, ts", "mkv, pcm_s16le, mp4"})
    void eachPassOfALoop_hasItsOwnSound(String container, String codec, String targets) throws Exception {
        // Longer sound than pictures, so that passes would overlap.
        Path source = folder.resolve("long-" + codec + "." + container);
        FlashAndBeep.make(
                source, List.of(), List.of(), List.of("-vf", "trim=end_frame=40", "-c:v", "mpeg4", "-c:a", codec));
        String stream = "loop-" + codec;
        String said = ingest(source, stream, "--loop", "3");
        assertThat(said).contains("sound left out that overlapped");
        for (String target : List.of(targets.split(" ", -1))) {
            for (int pass = 0; pass < 3; pass++) {
                Path file = folder.resolve(stream + pass + "." + target);
                collect(file, stream, "--from", Integer.toString(40 * pass));
                assertThat(FlashAndBeep.offset(file))
                        .as("pass %d, %s", pass, target)
                        .isCloseTo(0, within(MOST));
            }
        }
        assertThat(topics.sound(stream).stream().filter(AudioPacket::getDiscontinuity))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "reordered"})
    void start_isThatOfBoth(String kind) throws Exception {
        ingest(clip("mp4", "aac", kind), "start-" + kind, "--start", "0.6", "--duration", "1");
        Path file = folder.resolve("start-" + kind + ".mp4");
        collect(file, "start-" + kind);
        assertThat(FlashAndBeep.offset(file)).isCloseTo(0, within(MOST));
        assertThat(FlashAndBeep.end(file)).isBetween(0.95, 1.05);
    }

    @Test
    void newSession_hasItsOwnSound() throws Exception {
        ingest(clip("mp4", "aac", "audioLate"), "again", "--session", "1");
        ingest(clip("ts", "aac", "plain"), "again", "--session", "2");
        Path newest = folder.resolve("again.mp4");
        collect(newest, "again");
        assertThat(FlashAndBeep.offset(newest)).isCloseTo(0, within(MOST));
        Path older = folder.resolve("older.mkv");
        collect(older, "again", "--session", "1");
        assertThat(FlashAndBeep.offset(older)).isCloseTo(0.3, within(MOST));
    }

    @Test
    void followedSessions_followEachOtherInSoundToo() throws Exception {
        Path first = folder.resolve("dark.mp4");
        FfmpegProgram.run(
                "-f",
                "lavfi",
                "-i",
                "color=black:size=64x64:rate=25:duration=1",
                "-f",
                "lavfi",
                "-i",
                "anullsrc=r=48000:cl=mono",
                "-t",
                1.5,
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "mpeg4",
                "-c:a",
                "aac",
                first);
        ingest(first, "followed", "--session", "1");
        Path file = folder.resolve("followed.mkv");
        Path log = folder.resolve("followed.txt");
        Process follower = CommandLineProgram.start(
                log,
                command("collect", file.toString(), "--stream", "followed", "--topic", SoundClips.FRAMES, "--follow"));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> Files.readString(log).contains("session 1 of stream followed has ended"));
        ingest(clip("mp4", "aac", "plain"), "followed", "--session", "2");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> Files.readString(log).contains("session 2 of stream followed has ended"));
        CommandLineProgram.signal(follower, "TERM");
        assertThat(follower.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(FlashAndBeep.offset(file)).isCloseTo(0, within(MOST));
    }

    @Test
    void twoTracks_theMainOneOrAll() throws Exception {
        Path source = folder.resolve("two.mkv");
        FfmpegProgram.run(
                "-f",
                "lavfi",
                "-i",
                "color=black:size=64x64:rate=25:duration=1",
                "-f",
                "lavfi",
                "-i",
                "sine=r=48000:d=1",
                "-f",
                "lavfi",
                "-i",
                "sine=r=44100:d=1",
                "-map",
                0,
                "-map",
                1,
                "-map",
                2,
                "-c:v",
                "mpeg4",
                "-c:a:0",
                "aac",
                "-c:a:1",
                "libopus",
                "-metadata:s:a:0",
                "language=eng",
                "-metadata:s:a:1",
                "language=deu",
                "-metadata:s:a:1",
                "title=Ton",
                source);
        assertThat(ingest(source, "one-of-two")).contains("audio tracks that are not sent: 1 (deu opus)");
        assertThat(topics.sound("one-of-two").stream().map(AudioPacket::getTrack))
                .containsOnly(0);
        assertThat(ingest(source, "both", "--audio-tracks", "all")).contains("track 1 (deu, opus, 48000 Hz, mono)");
        Path file = folder.resolve("both.mp4");
        collect(file, "both");
        assertThat(FfmpegProgram.run("-i", file, "-map", "0:a", "-c", "copy", "-f", "ffmetadata", "-"))
                .isNotEmpty();
        assertThat(streams(file)).containsExactly("video", "audio eng", "audio deu");
        CommandLineProgram.Outcome wrong = CommandLineProgram.run(
                command("ingest", source.toString(), "--stream", "third", "--audio-tracks", "2"));
        assertThat(wrong.code()).isNotZero();
        assertThat(wrong.output()).contains("expected audio tracks from 0 to 1, found number 2");
    }

    private static List<String> streams(Path file) throws Exception {
        return SoundStreamsOfFile.of(file);
    }

    @Test
    void sourceWithoutSound_andSoundThatIsNotWanted() throws Exception {
        Path mute = folder.resolve("mute.mp4");
        FfmpegProgram.run(
                "-f",
                "lavfi",
                "-i",
                "color=black:size=64x64:rate=25:duration=1",
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "mpeg4",
                mute);
        ingest(mute, "mute");
        assertThat(topics.sound("mute")).isEmpty();
        Path file = folder.resolve("from-mute.mp4");
        long start = System.nanoTime();
        assertThat(collect(file, "mute")).contains("no sound: kinolift.audio has none");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(streams(file)).containsExactly("video");

        ingest(clip("mp4", "aac", "plain"), "off", "--audio", "off");
        assertThat(topics.sound("off")).isEmpty();

        ingest(clip("mp4", "aac", "plain"), "unwanted");
        Path pictures = folder.resolve("unwanted.mp4");
        collect(pictures, "unwanted", "--no-audio");
        assertThat(streams(pictures)).containsExactly("video");
    }

    @Test
    void aReaderMayBeginAnywhere_andSurvivesWhatIsNoSound() throws Exception {
        ingest(clip("ts", "aac", "plain"), "middle");
        AudioPacket first = topics.sound("middle").getFirst();
        assertThat(first.getExtradata().remaining()).isBetween(2, 5);
        assertThat(topics.sound("middle").get(1).getPayload().get(0)).isNotEqualTo((byte) 0xFF);
        // The configuration comes again within a second.
        topics.copy(SoundClips.FRAMES, "middle", "late", _ -> true);
        topics.copy(
                SoundClips.AUDIO,
                "middle",
                "late",
                value -> SoundClips.audio(value).getSequence() > 2);
        Path file = folder.resolve("late.mp4");
        String said = collect(file, "late");
        assertThat(FlashAndBeep.offset(file)).as(said).isCloseTo(0, within(MOST));
        assertThat(said).contains("packets left out that came before their configuration");
    }

    /** Each picture is written when it has come through the application; sound has been there for long, or comes later. */
    @Test
    void live_soundIsNeitherLateNorCut() throws Exception {
        Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers(), "application.id", "live");
        Map<String, Process> collectors = new LinkedHashMap<>();
        try (KinoliftStreams streams = new KinoliftStreams(
                new KinoliftConfig(Map.of("kinolift.scale.factor", "1,2,2")), clients, folder.resolve("state-live"))) {
            streams.start();
            for (String target : List.of("mp4", "mkv", "ts")) {
                String file = folder.resolve("live." + target).toString();
                collectors.put(
                        target,
                        CommandLineProgram.start(liveLog(target), command("collect", file, "--stream", "live")));
            }
            for (String target : collectors.keySet()) {
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> Files.readString(liveLog(target)).contains("waiting for it"));
            }
            ingest(clip("mp4", "aac", "plain"), "live", "--realtime", "--loop", "2");
            for (Process collector : collectors.values()) {
                assertThat(collector.waitFor(1, TimeUnit.MINUTES)).isTrue();
            }
        } finally {
            collectors.values().forEach(Process::destroyForcibly);
        }
        for (String target : collectors.keySet()) {
            String log = Files.readString(liveLog(target));
            assertThat(collectors.get(target).exitValue()).as(log).isZero();
            Path file = folder.resolve("live." + target);
            assertThat(FlashAndBeep.offset(file)).as(log).isCloseTo(0, within(MOST));
            assertThat(FlashAndBeep.end(file)).as(log).isBetween(3.95, 4.05);
            assertThat(log).doesNotContain("sound:");
        }
    }

    private static Path liveLog(String target) {
        return folder.resolve("live-" + target + ".txt");
    }

    /** Cameras over UDP lose packets: pictures are damaged and sound has holes, and what is left stays in its place. */
    @Test
    void lossyTransport_isSaid_andMovesNothing() throws Exception {
        byte[] whole = Files.readAllBytes(clip("ts", "aac", "plain"));
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        Random random = new Random(17);
        for (int at = 0; at < whole.length; at += TS_PACKET) {
            // The tables at the beginning come once in a second.
            if (at < 5 * TS_PACKET || random.nextInt(100) >= 4) {
                rest.write(whole, at, TS_PACKET);
            }
        }
        Path source = Files.write(folder.resolve("lossy.ts"), rest.toByteArray());
        String said = ingest(source, "lossy");
        assertThat(said).contains("damaged");
        for (String target : List.of("mp4", "mkv", "ts")) {
            Path file = folder.resolve("from-lossy." + target);
            collect(file, "lossy");
            assertThat(FlashAndBeep.offset(file)).as(target + "\n" + said).isCloseTo(0, within(2 * MOST));
        }
    }

    @Test
    void clusterWithoutTheTopic_getsPicturesAndALine() throws Exception {
        try (EmbeddedBroker other = EmbeddedBroker.start(BrokerSettings.defaults());
                Admin admin = Admin.create(Map.of("bootstrap.servers", other.bootstrapServers()))) {
            new Topics(
                            SoundClips.FRAMES,
                            "kinolift.upscaled",
                            "kinolift.dead-letters",
                            "kinolift.accounts",
                            1,
                            (short) 1,
                            1 << 20,
                            1 << 20,
                            -1)
                    .create(admin);
            String source = clip("mp4", "aac", "plain").toString();
            CommandLineProgram.Outcome silent = CommandLineProgram.run(
                    "ingest", source, "--stream", "s", "--bootstrap-server", other.bootstrapServers());
            assertThat(silent.code()).as(silent.output()).isZero();
            assertThat(silent.output())
                    .contains("sound is not sent: there is no topic kinolift.audio")
                    .contains("50 frames sent");
            CommandLineProgram.Outcome asked = CommandLineProgram.run(
                    "ingest",
                    source,
                    "--stream",
                    "s",
                    "--audio",
                    "copy",
                    "--bootstrap-server",
                    other.bootstrapServers());
            assertThat(asked.code()).isEqualTo(2);
            assertThat(asked.output()).contains("expected a topic kinolift.audio");
            Path file = folder.resolve("no-topic.mp4");
            CommandLineProgram.Outcome collected = CommandLineProgram.run(
                    "collect",
                    file.toString(),
                    "--stream",
                    "s",
                    "--topic",
                    SoundClips.FRAMES,
                    "--bootstrap-server",
                    other.bootstrapServers());
            assertThat(collected.code()).as(collected.output()).isZero();
            assertThat(streams(file)).containsExactly("video");
        }
    }
}
