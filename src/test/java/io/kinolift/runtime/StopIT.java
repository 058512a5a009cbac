package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Distribution;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.transfer.Clients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that must stop in the middle of a long window stops within its time limit, and nothing is lost. */
@Tag("endurance")
class StopIT {
    /** One window of 4K pictures as PNG by one thread: at least ten seconds. */
    private static final int FRAMES = 300;

    private static final int LIMIT_SECONDS = 1;
    private static final int SLACK_SECONDS = 15;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    @Test
    void stoppedInALongWindow_itGoesInTime_andTheNextStartDoesTheRest() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics topics = new ChaosTopics(clients, "stopped", 1, (short) 1).create();
            sendFrames(clients);
            Path log = folder.resolve("log.txt");
            Process process = start(topics, log);
            try (ServedBy http = ServedBy.log(process, log, PATIENCE)) {
                http.await("metrics", PATIENCE, page -> encodeSeconds(page) > 0.5);
                process.destroy();
                assertThat(process.waitFor(LIMIT_SECONDS + SLACK_SECONDS, TimeUnit.SECONDS))
                        .as("stopped within %d s: %s", LIMIT_SECONDS + SLACK_SECONDS, Files.readString(log))
                        .isTrue();
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertThat(Files.readString(log)).contains("did not stop within PT1S (kinolift.stop.timeout.ms)");
            Process second = start(topics, log);
            try {
                List<VideoFrame> frames = topics.read(1, PATIENCE).get("s");
                assertThat(frames).hasSize(FRAMES + 1);
                assertThat(frames.stream().map(VideoFrame::getSequence))
                        .isSorted()
                        .doesNotHaveDuplicates();
            } finally {
                second.destroy();
                second.waitFor();
            }
            assertThat(topics.audit().problems()).isEmpty();
        }
    }

    private Process start(ChaosTopics topics, Path log) throws Exception {
        return Distribution.start(
                log,
                "run",
                "--config",
                topics.config(
                                folder,
                                "kinolift.scale.factor=1,16,16",
                                "kinolift.window.size=" + FRAMES,
                                "kinolift.threads=1",
                                // On a busy machine, records may be late, and must not be cut into small windows.
                                "kinolift.idle.timeout.ms=60000",
                                "kinolift.frame.codec=png",
                                "kinolift.scene.cut=off",
                                "kinolift.max.frame.bytes=100000",
                                "kinolift.max.frame.pixels=40000",
                                "kinolift.max.output.pixels=9000000",
                                "kinolift.stop.timeout.ms=" + TimeUnit.SECONDS.toMillis(LIMIT_SECONDS))
                        .toString(),
                "--state-dir",
                folder.resolve("state").toString(),
                "--instance-id",
                "one");
    }

    private static double encodeSeconds(String page) {
        return page.lines()
                .filter(line -> line.startsWith("kinolift_stage_seconds_total{stage=\"encode\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static void sendFrames(Map<String, String> clients) {
        FrameFormat format = new FrameFormat(Codec.RAW, PixelFormat.GRAY8, 240, 135, Rational.ONE, Colour.UNSPECIFIED);
        try (Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES)) {
            for (int sequence = 0; sequence < FRAMES; sequence++) {
                ChaosTopics.send(
                        producer,
                        new EncodedFrame(
                                "s",
                                0,
                                sequence,
                                sequence * 40L,
                                40,
                                Rational.of(1, 1000),
                                format,
                                true,
                                false,
                                0,
                                new byte[240 * 135]));
            }
            ChaosTopics.end(producer, "s", FRAMES);
        }
    }
}
