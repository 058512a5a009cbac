package io.kinolift.runtime;

import io.kinolift.Distribution;
import io.kinolift.avro.VideoFrame;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.codec.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.topology.FrameRecords;
import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.transfer.Clients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The application as a process of its own, killed while it works: the committed output is that of an undisturbed run. */
class CrashIT {
    private static final int FRAMES = 240;
    private static final List<String> STREAMS = List.of("north", "south");

    @TempDir
    private Path folder;

    @Test
    void killedInTheMiddleOfTwoStreams_theOutputIsThatOfAnUndisturbedRun() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            createTopics(clients, "crashed");
            createTopics(clients, "whole");
            sendFrames(clients);

            Process first = start(clients, "crashed");
            List<byte[]> before = read(clients, "crashed", 40);
            first.destroyForcibly().waitFor();
            long killed = System.nanoTime();
            Process second = start(clients, "crashed");
            read(clients, "crashed", before.size() + 200);
            System.out.printf("seconds from the kill to 200 more outputs: %.1f%n", (System.nanoTime() - killed) / 1e9);
            List<byte[]> crashed = read(clients, "crashed", Integer.MAX_VALUE);
            second.destroy();
            assertThat(second.waitFor()).as("exit code after SIGTERM").isIn(0, 143);

            Process undisturbed = start(clients, "whole");
            List<byte[]> whole = read(clients, "whole", Integer.MAX_VALUE);
            undisturbed.destroy();
            undisturbed.waitFor();

            for (String stream : STREAMS) {
                assertThat(of(stream, crashed)).as(stream).hasSize(2 * FRAMES + 1)
                        .containsExactlyElementsOf(of(stream, whole));
            }
        }
    }

    private Process start(Map<String, String> clients, String name) throws Exception {
        TopicNames topics = topics(name);
        Path config = folder.resolve(name + ".properties");
        Files.writeString(config, String.join("\n",
                "bootstrap.servers=" + clients.get("bootstrap.servers"), "application.id=" + name,
                "kinolift.frame.codec=raw", "kinolift.window.size=4",
                "kinolift.upscaled.topic=" + topics.upscaled(), "kinolift.dead.letters.topic=" + topics.deadLetters(),
                "kinolift.accounts.topic=" + topics.accounts(), ""));
        return Distribution.start(folder.resolve(name + ".log"), "run", "--config", config.toString(),
                "--state-dir", folder.resolve("state-" + name).toString(), "--instance-id", "one");
    }

    private static TopicNames topics(String name) {
        return new TopicNames(TopicNames.DEFAULT.frames(), name + "-upscaled", name + "-letters", name + "-accounts");
    }

    private static void createTopics(Map<String, String> clients, String name) {
        TopicNames topics = topics(name);
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            new Topics(topics.frames(), topics.upscaled(), topics.deadLetters(), topics.accounts(), 1, (short) 1,
                    16 << 20, 64 << 20, -1).create(admin);
        }
    }

    /** Two interleaved streams of different sizes. */
    private static void sendFrames(Map<String, String> clients) throws Exception {
        try (Producer<byte[], byte[]> producer = Clients.producer(clients, 16 << 20)) {
            for (int sequence = 0; sequence < FRAMES; sequence++) {
                for (int stream = 0; stream < STREAMS.size(); stream++) {
                    send(producer, STREAMS.get(stream),
                            FrameRecords.write(frame(STREAMS.get(stream), sequence, 64 + 32 * stream, 48)));
                }
            }
            for (String stream : STREAMS) {
                send(producer, stream, FrameRecords.writeEnd(stream, 0, FRAMES, null));
            }
        }
    }

    private static void send(Producer<byte[], byte[]> producer, String stream, byte[] value) {
        producer.send(new ProducerRecord<>(
                TopicNames.DEFAULT.frames(), stream.getBytes(StandardCharsets.UTF_8), value));
    }

    private static EncodedFrame frame(String stream, int sequence, int width, int height) throws Exception {
        FrameFormat format = new FrameFormat(
                Codec.RAW, PixelFormat.YUV420P, width, height, Rational.ONE, Colour.UNSPECIFIED);
        try (Picture picture = TestPictures.noise(PixelFormat.YUV420P, width, height, sequence);
                FrameEncoder encoder = FrameCodecs.encoder(format, EncoderSettings.DEFAULT)) {
            return new EncodedFrame(stream, 0, sequence, sequence * 40L, 40, Rational.of(1, 1000), format, true, false,
                    0, encoder.encode(picture));
        }
    }

    /** The committed output, up to the end of all streams or to a number of records. */
    private static List<byte[]> read(Map<String, String> clients, String name, int most) throws Exception {
        List<byte[]> values = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topics(name).upscaled(), 0);
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            int ended = 0;
            while (values.size() < most && ended < STREAMS.size()) {
                assertThat(System.nanoTime()).as("no end of %s after %d records", name, values.size())
                        .isLessThan(deadline);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                    ended += FrameRecords.parse(record.value()).getEndOfStream() ? 1 : 0;
                }
            }
        }
        return values;
    }

    private static List<VideoFrame> of(String stream, List<byte[]> values) throws Exception {
        List<VideoFrame> frames = new ArrayList<>();
        for (byte[] value : values) {
            VideoFrame frame = FrameRecords.parse(value);
            if (frame.getStreamId().equals(stream)) {
                frames.add(frame);
            }
        }
        return frames;
    }
}
