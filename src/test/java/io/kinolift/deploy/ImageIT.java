package io.kinolift.deploy;

import io.kinolift.audit.Audit;
import io.kinolift.runtime.BrokerSettings;
import io.kinolift.runtime.EmbeddedBroker;
import io.kinolift.runtime.Topics;
import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.transfer.Clients;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The image, built and run by podman against a real broker: {@code mvn -Pimage verify}. */
@EnabledIfSystemProperty(named = "kinolift.image", matches = "true")
class ImageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(300);
    private static final long LARGEST_IMAGE_BYTES = 350_000_000;
    private static final TopicNames NAMES = TopicNames.DEFAULT;

    private EmbeddedBroker broker;
    private Map<String, String> clients;
    private int port;

    @BeforeAll
    static void build() throws Exception {
        Podman.execute(Duration.ofMinutes(20), List.of("deploy/image/build.sh")).orFail();
    }

    @BeforeEach
    void startBroker() throws Exception {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        clients = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void closeBroker() {
        broker.close();
    }

    @Test
    void theImageIsSmall() throws Exception {
        long bytes = Long.parseLong(
                Podman.run("image", "inspect", "--format", "{{.Size}}", Podman.IMAGE).orFail());
        System.out.printf("image: %d MB%n", bytes / 1_000_000);
        assertThat(bytes).isLessThan(LARGEST_IMAGE_BYTES);
    }

    @Test
    void hardened_itWorksAndDrainsAtSigterm_andGoesOnWhereItWas() throws Exception {
        createTopics();
        long start = System.nanoTime();
        try (Container container = run("kinolift-hardened", "3g")) {
            await().atMost(PATIENCE).until(container::isReady);
            System.out.printf("from start to ready: %.1f s%n", seconds(start));
            assertThat(container.isHealthy()).isTrue();
            assertThat(container.exec("sh", "-c", "touch /opt/kinolift/x").errors()).contains("Read-only file system");
            assertThat(container.exec("sh", "-c", "grep Cap /proc/1/status; id -u").orFail())
                    .containsPattern("CapEff:\\s+0{16}").containsPattern("CapBnd:\\s+0{16}").endsWith("10001");
            assertThat(container.exec("sh", "-c", "tr '\\0' ' ' < /proc/1/cmdline; grep -c jsa /proc/1/maps").orFail())
                    .contains("kinolift.jsa").doesNotEndWith(" 0");
            ingest("north", 400);
            await().atMost(PATIENCE).until(() -> records(NAMES.upscaled()) > 100);
            long stop = System.nanoTime();
            assertThat(container.stop()).as("exit code after SIGTERM").isIn(0, 143);
            System.out.printf("SIGTERM amid work to the end: %.1f s%n", seconds(stop));
            assertThat(audit().problems()).isEmpty();
            container.startAgain();
            awaitEndOf("north", 400);
            assertThat(container.logs()).doesNotContain("ERROR");
        }
    }

    @Test
    void outOfHeap_itEndsWithACodeOfItsOwn() throws Exception {
        createTopics();
        try (Container container = run("kinolift-heap", "2g", "--env", "KINOLIFT_JAVA_OPTS=-Xmx16m")) {
            ingest("north", 400);
            assertThat(container.awaitEnd()).as(container.logs()).isEqualTo(3);
            assertThat(container.logs()).contains("OutOfMemoryError");
        }
    }

    @Test
    void outOfTheContainersMemory_itIsKilled_andWithMoreItGoesOn() throws Exception {
        createTopics();
        ingest("north", 200);
        try (Container container = run("kinolift-memory", "150m")) {
            assertThat(container.awaitEnd()).as(container.logs()).isEqualTo(137);
            System.out.println("killed for memory, as podman says: " + container.inspect("{{.State.OOMKilled}}"));
        }
        try (Container container = run("kinolift-memory", "3g")) {
            awaitEndOf("north", 200);
            assertThat(container.isHealthy()).isTrue();
        }
    }

    @Test
    void whatCannotWork_endsWithACodeAndOneLine() throws Exception {
        try (Container container = run("kinolift-fatal", "2g")) {
            assertThat(container.awaitEnd()).isEqualTo(1);
            assertThat(container.logs()).contains("create it with: kinolift topics");
        }
        try (Container container = run("kinolift-fatal", "2g", "--env", "KINOLIFT_WINDOW_SISE=4")) {
            assertThat(container.awaitEnd()).isEqualTo(2);
            assertThat(container.logs()).contains("did you mean kinolift.window.size?");
        }
    }

    private Container run(String name, String memory, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("--memory", memory, "--memory-swap", memory,
                "--env", "KINOLIFT_KAFKA_BOOTSTRAP_SERVERS=" + broker.bootstrapServers(),
                "--env", "KINOLIFT_KAFKA_SESSION_TIMEOUT_MS=6000",
                "--env", "KINOLIFT_HTTP_PORT=" + port, "--env", "KINOLIFT_START_CHECK=warn"));
        options.addAll(List.of(more));
        return Container.start(name, options);
    }

    /** A test pattern, sent by the image itself. */
    private void ingest(String stream, int frames) throws Exception {
        Podman.run("run", "--rm", "--network", "host", "--read-only", "--cap-drop", "all", Podman.IMAGE, "ingest",
                "lavfi:testsrc2=size=480x270:rate=25:duration=" + frames / 25, "--stream", stream,
                "--bootstrap-server", broker.bootstrapServers()).orFail();
    }

    private void awaitEndOf(String stream, int frames) throws Exception {
        Podman.Outcome outcome = Podman.run("run", "--rm", "--network", "host", "--read-only", "--cap-drop", "all",
                Podman.IMAGE, "collect", "/tmp/out.mkv", "--stream", stream, "--bootstrap-server",
                broker.bootstrapServers(), "--timeout", "170");
        assertThat(outcome.orFail()).contains(2 * frames + " frames of stream " + stream);
        assertThat(audit().problems()).isEmpty();
    }

    private void createTopics() {
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            new Topics(NAMES.frames(), NAMES.upscaled(), NAMES.deadLetters(), NAMES.accounts(), 1, (short) 1, 4 << 20,
                    16 << 20, -1).create(admin);
        }
    }

    private long records(String topic) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition).get().offset();
        }
    }

    private Audit.Report audit() throws Exception {
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
            return new Audit(consumer, NAMES, _ -> true).run();
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
