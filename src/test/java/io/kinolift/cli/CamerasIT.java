package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.FreePorts;
import io.kinolift.avro.AudioPacket;
import io.kinolift.avro.VideoFrame;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Many sources at once, and cameras that go away and come back. */
class CamerasIT {
    private static EmbeddedBroker broker;
    private static SoundClips topics;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void prepare() {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        topics = new SoundClips(broker);
        assertThat(CommandLineProgram.run(command("topics")).code()).isZero();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static String[] command(String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--bootstrap-server", broker.bootstrapServers()))
                .toArray(String[]::new);
    }

    private static String source(int seconds) {
        return "lavfi:testsrc2=size=64x48:rate=25:duration=" + seconds;
    }

    private static void await(String stream, int frames) {
        topics.await(SoundClips.FRAMES, stream, frames, Duration.ofMinutes(2));
    }

    @Test
    void aBadSource_hurtsNoOther() throws Exception {
        Path file =
                Files.writeString(folder.resolve("bad.yaml"), """
                sources:
                  - {stream: good-1, source: "%s"}
                  - {stream: missing, source: nothing.mp4}
                  - {stream: nobody, source: "rtsp://me:secret@127.0.0.1:%d/live", reconnect: 2}
                  - {stream: good-2, source: "%s", quality: 5}
                """.formatted(source(2), FreePorts.next(), source(3)));
        CommandLineProgram.Outcome outcome = CommandLineProgram.run(command("ingest", "--sources", file.toString()));
        assertThat(outcome.code()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("4 sources: 2 ended, 0 broke off or were stopped, 2 failed")
                .contains("missing: failed: expected a video at nothing.mp4, found nothing")
                .contains("nobody: failed: rtsp://me:***@127.0.0.1:")
                .doesNotContain("secret");
        assertThat(topics.frames("good-1")).hasSize(51).last().matches(VideoFrame::getEndOfStream);
        assertThat(topics.frames("good-2")).hasSize(76).last().matches(VideoFrame::getEndOfStream);
        assertThat(topics.frames("missing")).isEmpty();
    }

    @Test
    void oneSignal_endsAllInOrder() throws Exception {
        Path file = Files.writeString(folder.resolve("signal.yaml"), """
                defaults: {realtime: true}
                sources:
                  - {stream: long-1, source: "%s"}
                  - {stream: long-2, source: "%s"}
                """.formatted(source(600), source(600)));
        Path log = folder.resolve("signal.txt");
        Process program = CommandLineProgram.start(log, command("ingest", "--sources", file.toString()));
        try {
            await("long-1", 30);
            await("long-2", 30);
            CommandLineProgram.signal(program, "TERM");
            assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            program.destroyForcibly();
        }
        String said = Files.readString(log);
        assertThat(program.exitValue()).as(said).isEqualTo(3);
        assertThat(said).contains("2 sources: 0 ended, 2 broke off or were stopped, 0 failed");
        for (String stream : List.of("long-1", "long-2")) {
            List<VideoFrame> frames = topics.frames(stream);
            assertThat(frames.getLast().getEndOfStream()).isTrue();
            assertThat(frames.getLast().getSequence()).isEqualTo(frames.size() - 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp, jpeg", "udp, jpeg", "tcp, copy"})
    void camera_isSeenAndHeard(String transport, String codec) throws Exception {
        assumeTrue(RtspServer.isAvailable(), "GStreamer's RTSP server is not here");
        String stream = "camera-" + transport + "-" + codec;
        try (RtspServer server = new RtspServer(folder, FreePorts.next())) {
            CommandLineProgram.Outcome outcome = CommandLineProgram.run(command(
                    "ingest",
                    server.address(),
                    "--stream",
                    stream,
                    "--transport",
                    transport,
                    "--frame-codec",
                    codec,
                    "--duration",
                    "3"));
            assertThat(outcome.code()).as(outcome.output()).isZero();
        }
        Path file = folder.resolve(stream + ".mp4");
        CommandLineProgram.Outcome outcome = CommandLineProgram.run(
                command("collect", file.toString(), "--stream", stream, "--topic", SoundClips.FRAMES));
        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(SoundStreamsOfFile.of(file)).containsExactly("video", "audio");
        assertThat(topics.sound(stream)).hasSizeGreaterThan(100);
    }

    /** Silent without closing the connection. */
    @Test
    void silentCamera_isFoundAgain() throws Exception {
        assumeTrue(RtspServer.isAvailable(), "GStreamer's RTSP server is not here");
        try (RtspServer server = new RtspServer(folder, FreePorts.next())) {
            isFoundAgain(
                    "silent",
                    server,
                    () -> server.signal("STOP"),
                    () -> server.signal("CONT"),
                    "--input-option",
                    "timeout=2000000");
        }
    }

    @Test
    void killedCamera_isFoundAgain() throws Exception {
        assumeTrue(RtspServer.isAvailable(), "GStreamer's RTSP server is not here");
        try (RtspServer server = new RtspServer(folder, FreePorts.next())) {
            isFoundAgain("killed", server, server::kill, server::begin);
        }
    }

    /** It says how long it is, and its connection is closed long before; no time is known of its first key frame. */
    @Test
    void killedRecorder_isFoundAgain() throws Exception {
        assumeTrue(RtspServer.isAvailable(), "GStreamer's RTSP server is not here");
        try (RtspServer server = RtspServer.recording(folder, FreePorts.next(), 25 * 60)) {
            isFoundAgain("recorder", server, server::kill, server::begin, "--frame-codec", "copy");
        }
        assertThat(folder.resolve("recorder.txt")).content().contains("lost (it ended after ", " of 60 s)");
    }

    @Test
    void aRecordingThatIsOver_hasEnded() throws Exception {
        assumeTrue(RtspServer.isAvailable(), "GStreamer's RTSP server is not here");
        try (RtspServer server = RtspServer.recording(folder, FreePorts.next(), 25 * 5)) {
            CommandLineProgram.Outcome outcome = CommandLineProgram.run(
                    command("ingest", server.address(), "--stream", "over", "--reconnect", "60"));
            assertThat(outcome.code()).as(outcome.output()).isZero();
            assertThat(outcome.output()).contains("and its end").doesNotContain("lost");
        }
        assertThat(topics.frames("over")).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(PushingCamera.Protocol.class)
    void killedCameraOfAnotherProtocol_isFoundAgain(PushingCamera.Protocol protocol) throws Exception {
        assumeTrue(protocol.isAvailable(), () -> "FFmpeg without " + protocol);
        try (PushingCamera camera = new PushingCamera(protocol, FreePorts.next())) {
            isFoundAgain("killed-" + protocol, camera, camera::kill, camera::begin, "--frame-codec", "copy");
        }
    }

    /** Something that is done to a camera. */
    private interface Step {
        void take() throws Exception;
    }

    /** The camera is lost and comes back, and the sound stays with the pictures. */
    private static void isFoundAgain(String stream, Camera camera, Step lose, Step bringBack, String... options)
            throws Exception {
        Path log = folder.resolve(stream + ".txt");
        List<String> arguments =
                new ArrayList<>(List.of("ingest", camera.address(), "--stream", stream, "--reconnect", "60"));
        arguments.addAll(List.of(options));
        Process program = CommandLineProgram.start(log, command(arguments.toArray(String[]::new)));
        try {
            await(stream, 25);
            lose.take();
            awaitLine(log, "loss 1");
            bringBack.take();
            awaitLine(log, "back after");
            await(stream, topics.frames(stream).size() + 25);
            CommandLineProgram.signal(program, "TERM");
            assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            program.destroyForcibly();
        }
        assertThat(Files.readString(log)).contains("lost and found again: 1 time");
        List<VideoFrame> frames = topics.frames(stream);
        List<VideoFrame> marked =
                frames.stream().filter(VideoFrame::getDiscontinuity).toList();
        assertThat(marked).hasSize(1);
        List<AudioPacket> sound = topics.sound(stream);
        AudioPacket soundAgain =
                sound.stream().filter(AudioPacket::getDiscontinuity).findFirst().orElseThrow();
        double pictureAgain = seconds(
                marked.getFirst().getPts(),
                marked.getFirst().getTimeBaseNumerator(),
                marked.getFirst().getTimeBaseDenominator());
        double heardAgain =
                seconds(soundAgain.getPts(), soundAgain.getTimeBaseNumerator(), soundAgain.getTimeBaseDenominator());
        // A camera's first packets of sound and pictures are not of the same moment.
        assertThat(heardAgain).as("%s", Files.readString(log)).isCloseTo(pictureAgain, within(0.5));
    }

    private static void awaitLine(Path log, String text) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> Files.readString(log).contains(text));
    }

    private static double seconds(long pts, long numerator, long denominator) {
        return (double) pts * numerator / denominator;
    }
}
