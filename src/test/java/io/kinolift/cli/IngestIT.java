package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Processes;
import io.kinolift.avro.VideoFrame;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Live streams on their way to the frames topic: their end, their passes, their losses. */
class IngestIT {
    private static final String TOPIC = "kinolift.frames";
    private static final int CLIP_FRAMES = 25;

    private static EmbeddedBroker broker;
    private static Path clip;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void prepare() throws Exception {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        assertThat(CommandLineProgram.run("topics", "--bootstrap-server", broker.bootstrapServers())
                        .code())
                .isZero();
        clip = clip("clip.ts", 1);
    }

    private static Path clip(String name, int seconds) throws Exception {
        Path file = folder.resolve(name);
        Process made = new ProcessBuilder(
                        Loader.load(ffmpeg.class),
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=64x48:rate=25:duration=" + seconds,
                        "-c:v",
                        "mpeg2video",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        return file;
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static String[] ingest(String source, String stream, String... more) {
        return Stream.concat(
                        Stream.of(
                                "ingest", source, "--bootstrap-server", broker.bootstrapServers(), "--stream", stream),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    /** All records of a stream that are there now. */
    private static List<VideoFrame> records(String stream) throws Exception {
        List<VideoFrame> all = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer =
                Clients.consumer(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (new String(record.key(), StandardCharsets.UTF_8).equals(stream)) {
                        all.add(FrameRecords.parse(record.value()));
                    }
                }
            }
        }
        return all;
    }

    private static void assertWhole(List<VideoFrame> records) {
        assertThat(records).isNotEmpty();
        assertThat(records.getLast().getEndOfStream()).isTrue();
        List<VideoFrame> frames = records.subList(0, records.size() - 1);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(frames.get(i).getEndOfStream()).isFalse();
            assertThat(frames.get(i).getSequence()).isEqualTo(i);
            assertThat(i == 0 || frames.get(i).getPts() > frames.get(i - 1).getPts())
                    .as("frame %d", i)
                    .isTrue();
        }
        assertThat(records.getLast().getSequence()).isEqualTo(frames.size());
    }

    private static List<Long> marked(List<VideoFrame> records) {
        return records.stream()
                .filter(VideoFrame::getDiscontinuity)
                .map(VideoFrame::getSequence)
                .toList();
    }

    @Test
    void secondRun_isANewSession() throws Exception {
        for (int run = 0; run < 2; run++) {
            assertThat(CommandLineProgram.run(ingest(clip.toString(), "twice")).code())
                    .isZero();
        }
        List<VideoFrame> records = records("twice");
        assertThat(records).hasSize(2 * (CLIP_FRAMES + 1));
        assertThat(records.getFirst().getSession()).isLessThan(records.getLast().getSession());
        assertWhole(records.subList(0, CLIP_FRAMES + 1));
        assertWhole(records.subList(CLIP_FRAMES + 1, records.size()));
    }

    @Test
    void passes_areOneStream() throws Exception {
        CommandLineProgram.Outcome outcome =
                CommandLineProgram.run(ingest(clip.toString(), "passes", "--loop", "forever", "--duration", "2.5"));
        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("3 passes").doesNotContain("pass 2");
        List<VideoFrame> records = records("passes");
        assertWhole(records);
        assertThat(marked(records)).containsExactly(25L, 50L);
        assertThat(records).hasSize(63 + 1);
    }

    /** Containers with and without an index. */
    @ParameterizedTest
    @ValueSource(strings = {"long.ts", "long.mp4", "long.mkv"})
    void excerpt_isOfItsTimes(String name) throws Exception {
        Path file = clip(name, 6);
        assertThat(CommandLineProgram.run(ingest(file.toString(), name, "--start", "00:00:04.2", "--duration", "400ms"))
                        .code())
                .isZero();
        List<VideoFrame> records = records(name);
        assertWhole(records);
        assertThat(records).hasSize(10 + 1);
        assertThat(records.getFirst().getPts()).isZero();
        assertThat(records.getFirst().getPayload()).isEqualTo(picture(file, 105).getPayload());
    }

    /** A picture of the whole video. */
    private static VideoFrame picture(Path file, int sequence) throws Exception {
        String stream = "all of " + file.getFileName();
        CommandLineProgram.run(ingest(file.toString(), stream));
        return records(stream).get(sequence);
    }

    @Test
    void terminated_itSendsTheEnd() throws Exception {
        for (String signal : List.of("INT", "TERM")) {
            Path log = folder.resolve(signal + ".txt");
            Process process =
                    CommandLineProgram.start(log, ingest("lavfi:testsrc2=size=64x48:rate=25", signal, "--realtime"));
            try {
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                    Processes.requireAlive(process, log);
                    return records(signal).size() > 5;
                });
                CommandLineProgram.signal(process, signal);
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(signal).isTrue();
                assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(3);
            } finally {
                process.destroyForcibly().waitFor();
            }
            List<VideoFrame> records = records(signal);
            assertWhole(records);
            assertThat(log)
                    .content()
                    .contains((records.size() - 1) + " frames sent to " + TOPIC, "stopped by a signal");
        }
    }

    @Test
    void terminatedWhileTheSourceSaysNothing_itSendsTheEndToo() throws Exception {
        Path log = folder.resolve("mute.txt");
        try (ServerSocket camera = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = CommandLineProgram.start(log, ingest("tcp://127.0.0.1:" + camera.getLocalPort(), "mute"));
            try (Socket connection = camera.accept()) {
                connection.getOutputStream().write(Files.readAllBytes(clip));
                connection.getOutputStream().flush();
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> !records("mute").isEmpty());
                CommandLineProgram.signal(process, "TERM");
                assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(3);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        assertWhole(records("mute"));
    }

    @Test
    void lostCamera_isConnectedAgain_andGivenUpInTheEnd() throws Exception {
        byte[] bytes = Files.readAllBytes(clip);
        Path log = folder.resolve("lost.txt");
        Process process;
        try (ServerSocket camera = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            process = CommandLineProgram.start(
                    log, ingest("tcp://127.0.0.1:" + camera.getLocalPort(), "lost", "--reconnect", "3"));
            for (int connection = 0; connection < 2; connection++) {
                try (Socket socket = camera.accept()) {
                    socket.getOutputStream().write(bytes);
                }
            }
        }
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(3);
        } finally {
            process.destroyForcibly().waitFor();
        }
        List<VideoFrame> records = records("lost");
        assertWhole(records);
        assertThat(marked(records)).containsExactly((long) CLIP_FRAMES);
        assertThat(log).content().contains("loss 1", "back after", "loss 2", "away for", "the source broke off");
    }

    /** All of them would be dead letters. */
    @Test
    void aTopicOfImages_getsNoVideoFrames() throws Exception {
        Path log = folder.resolve("images.txt");
        Process ingest = CommandLineProgram.start(
                Map.of("KINOLIFT_INPUT_FORMAT", "image"),
                log,
                "ingest",
                clip.toString(),
                "--stream",
                "a",
                "--bootstrap-server",
                broker.bootstrapServers());
        assertThat(ingest.waitFor()).isEqualTo(2);
        assertThat(log).content().contains("expected kinolift.input.format=avro for kinolift.frames", "found image");
    }
}
