package io.kinolift.runtime.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
    private static final TopicPartition FRAMES = new TopicPartition("frames", 0);

    @TempDir
    Path parent;

    private BrokerSettings settings() {
        return BrokerSettings.defaults().withParentFolder(parent);
    }

    @Test
    void carriesTwentyMebibytesAndLeavesNothingBehind() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        byte[] frame = new byte[20 << 20];
        new Random(1).nextBytes(frame);

        try (EmbeddedBroker broker = EmbeddedBroker.start(settings())) {
            createTopic(broker);
            produce(broker, frame);
            assertThat(consume(broker)).isEqualTo(frame);
            assertThat(children(parent)).hasSize(1);
        }

        assertThat(children(parent)).isEmpty();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                                .filter(thread -> !before.contains(thread))
                                .map(Thread::getName)
                                .filter(name -> !name.startsWith("awaitility")))
                        .isEmpty());
    }

    @Test
    void givesTheDiskOfDeletedRecordsBack() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings());
                Admin admin = admin(broker)) {
            createTopic(broker);
            for (int i = 0; i < 12; i++) {
                produce(broker, new byte[5 << 20]);
            }
            assertThat(bytes(parent)).isGreaterThan(59L << 20);

            admin.deleteRecords(Map.of(FRAMES, RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(bytes(parent)).isLessThan(40L << 20));
        }
    }

    @Test
    void twoRunAtOnce() throws Exception {
        try (EmbeddedBroker one = EmbeddedBroker.start(settings());
                EmbeddedBroker two = EmbeddedBroker.start(settings())) {
            assertThat(children(parent)).hasSize(2);
            createTopic(one);
            try (Admin admin = admin(two)) {
                assertThat(admin.listTopics().names().get()).isEmpty();
            }
            createTopic(two);
            produce(two, new byte[] {7});
            assertThat(consume(two)).containsExactly(7);
        }
    }

    @Test
    void aDataFolderOfOnesOwnSurvivesARestart() throws Exception {
        BrokerSettings kept = settings().withDataFolder(parent.resolve("kept"));
        int port;
        try (EmbeddedBroker broker = EmbeddedBroker.start(kept)) {
            port = port(broker);
            createTopic(broker);
            produce(broker, new byte[] {1, 2, 3});
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(kept.withPort(port))) {
            assertThat(consume(broker)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aTakenPortIsRefusedAndNothingIsLeft() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings())) {
            int port = port(broker);
            assertThatThrownBy(() -> EmbeddedBroker.start(settings().withPort(port)))
                    .hasMessageContaining("port " + port);
            assertThat(children(parent)).hasSize(1);
        }
    }

    @Test
    void clientsCloseFirstAndOnce() {
        StringBuilder calls = new StringBuilder();
        EmbeddedBroker broker = EmbeddedBroker.start(settings());
        broker.beforeClose(() -> {
            try (Admin admin = admin(broker)) {
                calls.append(admin.describeCluster().nodes().get().size());
            } catch (Exception e) {
                calls.append(e);
            }
        });
        broker.close();
        broker.close();
        assertThat(calls).hasToString("1");
    }

    @Test
    void anInterruptedProcessLeavesNothing() throws Exception {
        Process child = startChild();
        try (BufferedReader output = child.inputReader()) {
            assertThat(output.readLine()).startsWith("127.0.0.1:");
            child.toHandle().destroy();
            assertThat(output.readLine()).isEqualTo("clients first");
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(children(parent)).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftIsSweptAndWhatALiveOneHoldsIsNot() throws Exception {
        Process child = startChild();
        try (BufferedReader output = child.inputReader()) {
            assertThat(output.readLine()).startsWith("127.0.0.1:");
            List<Path> held = children(parent);
            assertThat(held).hasSize(1);
            BrokerFolder.sweep(parent);
            assertThat(children(parent)).isEqualTo(held);

            child.destroyForcibly().waitFor();
            assertThat(children(parent)).isEqualTo(held);
        } finally {
            child.destroyForcibly();
        }
        BrokerFolder.sweep(parent);
        assertThat(children(parent)).isEmpty();
    }

    private Process startChild() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProgram.class.getName(),
                        parent.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int port(EmbeddedBroker broker) {
        return Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", ""));
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        }
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().contains(".log"))
                    .mapToLong(path -> path.toFile().length())
                    .sum();
        }
    }

    private static Admin admin(EmbeddedBroker broker) {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static void createTopic(EmbeddedBroker broker) throws Exception {
        try (Admin admin = admin(broker)) {
            NewTopic topic = new NewTopic(FRAMES.topic(), 1, (short) 1)
                    .configs(Map.of("max.message.bytes", Integer.toString(32 << 20), "segment.bytes", "33554432"));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static void produce(EmbeddedBroker broker, byte[] value) throws Exception {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "max.request.size", 32 << 20,
                "buffer.memory", 64L << 20);
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(FRAMES.topic(), value)).get();
        }
    }

    private static byte[] consume(EmbeddedBroker broker) {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(FRAMES));
            consumer.seekToBeginning(List.of(FRAMES));
            ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(30));
            return records.iterator().next().value();
        }
    }
}
