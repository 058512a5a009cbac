package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.FrameRecords;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of streams is that of the accounts, whatever the other topics hold. */
class StreamsIT {
    private static final String FRAMES = "kinolift.frames";
    private static final String ACCOUNTS = "kinolift.accounts";
    private static final int STREAMS = 500;

    @TempDir
    private Path folder;

    private static CommandLineProgram.Outcome run(EmbeddedBroker broker, String... arguments) {
        return CommandLineProgram.run(
                Stream.concat(Stream.of(arguments), Stream.of("--bootstrap-server", broker.bootstrapServers()))
                        .toArray(String[]::new));
    }

    private static AccountRecord account(
            String id, long session, long offset, boolean ended, long received, long held) {
        return account(id, 0, session, offset, ended, received, held);
    }

    private static AccountRecord account(
            String id, int partition, long session, long offset, boolean ended, long received, long held) {
        return new AccountRecord(
                id,
                session,
                FRAMES,
                partition,
                offset,
                ended,
                received,
                received - held - 1,
                0,
                Map.of("LATE", 1L),
                held,
                0,
                2 * (received - held - 1),
                Map.of());
    }

    private static void send(Producer<byte[], byte[]> producer, AccountRecord account, long millis) {
        String key = account.streamId() + "/" + account.session() + "/" + account.partition();
        var _ = producer.send(
                new ProducerRecord<>(ACCOUNTS, 0, millis, key.getBytes(StandardCharsets.UTF_8), account.write()));
    }

    private static void sendFrame(Producer<byte[], byte[]> producer, String id, int payload) {
        FrameFormat format = new FrameFormat(Codec.RAW, PixelFormat.GRAY8, 160, 90, Rational.ONE, Colour.UNSPECIFIED);
        byte[] value = FrameRecords.write(
                new EncodedFrame(id, 7, 0, 0, 40, Rational.of(1, 1000), format, true, false, 0, new byte[payload]));
        var _ = producer.send(new ProducerRecord<>(FRAMES, id.getBytes(StandardCharsets.UTF_8), value));
    }

    private static byte[] png(int width, int height) throws Exception {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), "png", png);
        return png.toByteArray();
    }

    /** Without those of the broker, which is in this process. */
    private static List<String> lines(CommandLineProgram.Outcome outcome) {
        return outcome.output().lines().filter(line -> !line.contains(" WARN ")).toList();
    }

    @Test
    void framesOfOtherFormats_haveSizesToo() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            assertThat(run(broker, "topics").code()).isZero();
            byte[] image = png(160, 90);
            try (Producer<byte[], byte[]> producer =
                    Clients.producer(Map.of("bootstrap.servers", broker.bootstrapServers()), 16 << 20)) {
                byte[] key = "camera-1".getBytes(StandardCharsets.UTF_8);
                var _ = producer.send(new ProducerRecord<>(FRAMES, 0, key, image));
                send(producer, account("camera-1", 7, 0, false, 100, 8), System.currentTimeMillis());
            }
            Path log = folder.resolve("streams.txt");
            Process streams = CommandLineProgram.start(
                    Map.of("KINOLIFT_INPUT_FORMAT", "image", "KINOLIFT_BOOTSTRAP_SERVERS", broker.bootstrapServers()),
                    log,
                    "streams",
                    "camera-1");
            assertThat(streams.waitFor()).isZero();
            assertThat(log).content().contains("input      160x90 png gray8");
        }
    }

    @Test
    void states_ratesAndSessions_areThoseOfTheAccounts() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            assertThat(run(broker, "streams").output())
                    .contains("expected a topic kinolift.accounts", "kinolift topics");
            assertThat(run(broker, "topics").code()).isZero();
            assertThat(run(broker, "streams").output()).contains("no streams yet");
            try (Producer<byte[], byte[]> producer =
                    Clients.producer(Map.of("bootstrap.servers", broker.bootstrapServers()), 16 << 20)) {
                long now = System.currentTimeMillis();
                sendFrame(producer, "camera-1", 14_400);
                for (int second = 0; second <= 10; second++) {
                    long millis = now - 10_000 + 1000L * second;
                    send(producer, account("camera-1", 7, 0, false, 100 + 30L * second, 8), millis);
                }
                send(producer, account("camera-1", 6, 0, false, 50, 3), now - 100_000);
                send(producer, account("camera-2", 1, 0, false, 50, 3), now - 60_000);
                send(producer, account("camera-3", 1, 0, false, 50, 0), now - 60_000);
                send(producer, account("camera-4", 1, 0, true, 50, 0), now - 60_000);
            }
            List<String> lines = lines(run(broker, "streams"));
            assertThat(lines).hasSize(5);
            assertThat(lines.get(0)).startsWith("STREAM    STATE");
            assertThat(lines.get(1).split(" {2,}", -1))
                    .startsWith("camera-1", "live")
                    .containsSequence("7", "160x90", "30.0", "400", "782", "0", "LATE 1", "8");
            assertThat(lines.subList(2, 5).stream().map(line -> line.split(" {2,}", -1)[1]))
                    .containsExactly("idle", "resting", "ended");
            assertThat(run(broker, "streams", "camera-1").output())
                    .contains(
                            "input      160x90 raw gray8, 30.0 frames", "earlier    session 6, not ended: received 50");
            JsonNode json = new ObjectMapper()
                    .readTree(
                            lines(run(broker, "streams", "camera-1", "--json")).getFirst());
            assertThat(json.get("state").asText()).isEqualTo("live");
            assertThat(json.get("dropped").get("LATE").asLong()).isEqualTo(1);
            assertThat(json.get("instance").isNull()).isTrue();
            for (String[] wrong :
                    List.of(new String[] {"streams", "camera1"}, new String[] {"audit", "--stream", "camera1"})) {
                CommandLineProgram.Outcome outcome = run(broker, wrong);
                assertThat(outcome.code()).isEqualTo(2);
                assertThat(outcome.output()).contains("found \"camera1\"; did you mean \"camera-1\" or");
            }
            CommandLineProgram.Outcome audit = run(broker, "audit", "--accounts-topic", "kinolift.acounts");
            assertThat(audit.code()).isEqualTo(2);
            assertThat(audit.output())
                    .contains("expected a topic kinolift.acounts, found none", "there is kinolift.accounts");
        }
    }

    @Test
    void onSeveralPartitions_theSpreadIsTheLastLine() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            assertThat(run(broker, "topics", "--partitions", "8").code()).isZero();
            assertThat(lines(run(broker, "streams")).getLast()).startsWith("no streams yet");
            try (Producer<byte[], byte[]> producer =
                    Clients.producer(Map.of("bootstrap.servers", broker.bootstrapServers()), 16 << 20)) {
                long now = System.currentTimeMillis();
                for (int stream = 0; stream < 6; stream++) {
                    send(producer, account("camera-" + stream, stream == 4 ? 6 : 3, 1, 0, false, 50, 3), now);
                }
                send(producer, account("camera-6", 5, 1, 0, true, 50, 0), now);
            }
            assertThat(lines(run(broker, "streams")).getLast())
                    .isEqualTo("6 open streams on 2 of 8 partitions of kinolift.frames:"
                            + " 5 on partition 3, 1 on partition 6");
            assertThat(run(broker, "streams", "camera-1").output()).doesNotContain("open streams");
            assertThat(run(broker, "streams", "--json").output()).doesNotContain("open streams");
            assertThat(run(
                                    broker,
                                    "ingest",
                                    "lavfi:testsrc2=size=64x48:rate=5:duration=1",
                                    "--stream",
                                    "camera-1",
                                    "--partition",
                                    "2")
                            .output())
                    .contains("stream camera-1 is open on partition 3 of kinolift.frames, and goes to partition 2");
        }
    }

    @Test
    void recordsThatWait_makeAStreamBehind() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            assertThat(run(broker, "topics").code()).isZero();
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Producer<byte[], byte[]> producer = Clients.producer(clients, 16 << 20)) {
                for (int frame = 0; frame < 3; frame++) {
                    var _ = producer.send(new ProducerRecord<>(FRAMES, 0, new byte[1], new byte[] {1}));
                }
                send(producer, account("camera-1", 1, 0, false, 50, 0), System.currentTimeMillis() - 60_000);
            }
            try (Admin admin = Admin.create(new HashMap<>(clients))) {
                commit(admin, 1);
                List<String> lines = lines(run(broker, "streams"));
                assertThat(lines.getLast()).containsPattern("camera-1 +behind ").containsPattern(" 6\\d\\.\\d s ");
                assertThat(run(broker, "streams", "camera-1").output())
                        .contains("unread     2 records of its partition");
                commit(admin, 3);
                lines = lines(run(broker, "streams"));
                assertThat(lines.getLast()).containsPattern("camera-1 +resting ");
            }
        }
    }

    private static void commit(Admin admin, long next) throws Exception {
        TopicPartition partition = new TopicPartition(FRAMES, 0);
        admin.alterConsumerGroupOffsets("kinolift", Map.of(partition, new OffsetAndMetadata(next)))
                .all()
                .get();
    }

    @Test
    void hundredsOfStreamsAndMuchBetweenThem_takeSeconds() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            assertThat(run(broker, "topics").code()).isZero();
            try (Producer<byte[], byte[]> producer =
                    Clients.producer(Map.of("bootstrap.servers", broker.bootstrapServers()), 16 << 20)) {
                long now = System.currentTimeMillis();
                for (int stream = 0; stream < STREAMS; stream++) {
                    sendFrame(producer, "stream-" + stream, 500_000);
                }
                for (int update = 0; update < 100; update++) {
                    for (int stream = 0; stream < STREAMS; stream++) {
                        send(
                                producer,
                                account("stream-" + stream, 7, stream, false, 100 + update, 8),
                                now + 100L * update);
                    }
                }
            }
            long start = System.nanoTime();
            CommandLineProgram.Outcome outcome = run(broker, "streams");
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("500 streams, 50,000 accounts, 250 MB of frames: " + taken);
            assertThat(lines(outcome)).hasSize(STREAMS + 1);
            // Alone on a machine less than two; all frames would take longer than this.
            assertThat(taken).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void instance_isTheOneThatWorksOnThePartition() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            assertThat(run(broker, "topics").code()).isZero();
            Map<String, String> clients =
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "group.instance.id", "worker-1");
            try (KinoliftStreams streams = new KinoliftStreams(new KinoliftConfig(Map.of()), clients, folder)) {
                streams.start();
                assertThat(run(
                                        broker,
                                        "ingest",
                                        "lavfi:testsrc2=size=64x48:rate=25",
                                        "--stream",
                                        "s",
                                        "--duration",
                                        "1")
                                .code())
                        .isZero();
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(run(broker, "streams").output())
                                .contains("worker-1")
                                .containsPattern("s +ended")
                                .contains("64x48"));
                assertThat(run(broker, "streams", "s").output()).contains("output     128x96 jpeg");
            }
        }
    }
}
