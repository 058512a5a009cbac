package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Distribution;
import io.kinolift.TestFrames;
import io.kinolift.audit.DeadLetterBox;
import io.kinolift.audit.Letter;
import io.kinolift.avro.DeadLetterReason;
import io.kinolift.avro.VideoFrame;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.transfer.Clients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A frame that really kills the process that decodes it. No bytes are known that kill FFmpeg, so a class of ours comes
 * before that of the distribution on the class path of the application, which its child inherits.
 */
@Tag("endurance")
class PoisonIT {
    private static final int FRAMES = 24;
    private static final int DEADLY = 9;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void aFrameThatKillsTheDecoder_isADeadLetterAndAllOthersAreWhole() throws Exception {
        Path classes = compileDeadlyDecoder();
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics topics = new ChaosTopics(clients, "poisoned", 1, (short) 1).create();
            try (Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES)) {
                sendFrames(producer);
            }
            Path log = folder.resolve("log.txt");
            String[] command = {
                "run",
                "--config",
                topics.config(folder, "kinolift.threads=4").toString(),
                "--state-dir",
                folder.resolve("state").toString(),
                "--instance-id",
                "one"
            };
            Process first = Distribution.startWith(classes, log, command);
            assertThat(first.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(Files.readString(log))
                    .isTrue();
            assertThat(first.exitValue())
                    .as("128 + SIGABRT, by which Java ends itself after SIGSEGV: %s", Files.readString(log))
                    .isEqualTo(134);

            Process second = Distribution.startWith(classes, log, command);
            try {
                List<VideoFrame> output = topics.read(1, PATIENCE).get("s");
                assertThat(output).hasSize(2 * FRAMES - 2 + 1);
                assertThat(output.stream().filter(VideoFrame::getDiscontinuity).map(VideoFrame::getSequence))
                        .containsExactly(2L * DEADLY + 2);
            } finally {
                second.destroy();
                second.waitFor();
            }
            try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
                List<Letter> letters = new ArrayList<>();
                new DeadLetterBox(consumer, topics.names().deadLetters()).read(_ -> true, letters::add);
                assertThat(letters).hasSize(1);
                assertThat(letters.getFirst().content().getReason()).isEqualTo(DeadLetterReason.KILLED_DECODER);
                assertThat(letters.getFirst().content().getSequence()).isEqualTo(DEADLY);
            }
            assertThat(topics.audit().problems()).isEmpty();
        }
    }

    private Path compileDeadlyDecoder() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path source =
                Path.of(PoisonIT.class.getResource("/crash/RawDecoder.java").toURI());
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-proc:none",
                        source.toString());
        assertThat(result).isZero();
        return classes;
    }

    private static void sendFrames(Producer<byte[], byte[]> producer) {
        for (int sequence = 0; sequence < FRAMES; sequence++) {
            EncodedFrame frame = TestFrames.raw("s", sequence, 64, 48);
            if (sequence == DEADLY) {
                byte[] deadly = new byte[frame.payload().remaining()];
                Arrays.fill(deadly, (byte) 0x66);
                frame = TestFrames.withPayload("s", sequence, frame.format(), deadly);
            }
            ChaosTopics.send(producer, frame);
        }
        ChaosTopics.end(producer, "s", FRAMES);
    }
}
