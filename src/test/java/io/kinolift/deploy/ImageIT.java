package io.kinolift.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kinolift.topology.TopologySettings.TopicNames;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The image, built and run by podman against a real broker: {@code mvn -Pimage verify}. */
@EnabledIfSystemProperty(named = "kinolift.image", matches = "true")
class ImageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LARGEST_IMAGE_BYTES = 350_000_000;

    private BrokerAndTopics cluster;
    private int port;

    @BeforeAll
    static void build() throws Exception {
        Podman.execute(Duration.ofMinutes(20), List.of("deploy/image/build.sh")).orFail();
    }

    @BeforeEach
    void startBroker() throws Exception {
        cluster = new BrokerAndTopics();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void closeBroker() {
        cluster.close();
    }

    @Test
    void theImageIsSmall() throws Exception {
        long bytes = Long.parseLong(Podman.run("image", "inspect", "--format", "{{.Size}}", Podman.IMAGE)
                .orFail());
        System.out.printf("image: %d MB%n", bytes / 1_000_000);
        assertThat(bytes).isLessThan(LARGEST_IMAGE_BYTES);
    }

    @Test
    void hardened_itWorksAndDrainsAtSigterm_andGoesOnWhereItWas() throws Exception {
        cluster.createTopics();
        long start = System.nanoTime();
        try (Container container = run("kinolift-hardened", "3g")) {
            await().atMost(PATIENCE).until(container::isReady);
            System.out.printf("from start to ready: %.1f s%n", seconds(start));
            assertThat(container.isHealthy()).isTrue();
            assertThat(container.exec("sh", "-c", "touch /opt/kinolift/x").errors())
                    .contains("Read-only file system");
            assertThat(container
                            .exec("sh", "-c", "grep Cap /proc/1/status; id -u")
                            .orFail())
                    .containsPattern("CapEff:\\s+0{16}")
                    .containsPattern("CapBnd:\\s+0{16}")
                    .endsWith("10001");
            assertThat(container
                            .exec("sh", "-c", "tr '\\0' ' ' < /proc/1/cmdline; grep -c jsa /proc/1/maps")
                            .orFail())
                    .contains("kinolift.jsa")
                    .doesNotEndWith(" 0");
            cluster.ingest("north", 400);
            await().atMost(PATIENCE).until(() -> cluster.records(TopicNames.DEFAULT.upscaled()) > 100);
            long stop = System.nanoTime();
            assertThat(container.stop()).as("exit code after SIGTERM").isIn(0, 143);
            System.out.printf("SIGTERM amid work to the end: %.1f s%n", seconds(stop));
            assertThat(cluster.audit().problems()).isEmpty();
            container.startAgain();
            cluster.awaitEndOf("north", 800);
            assertThat(container.logs()).doesNotContain("ERROR");
        }
    }

    @Test
    void outOfHeap_itEndsWithACodeOfItsOwn() throws Exception {
        cluster.createTopics();
        try (Container container = run("kinolift-heap", "2g", "--env", "KINOLIFT_JAVA_OPTS=-Xmx16m")) {
            cluster.ingest("north", 400);
            assertThat(container.awaitEnd()).as(container.logs()).isEqualTo(3);
            assertThat(container.logs()).contains("OutOfMemoryError");
        }
    }

    @Test
    void outOfTheContainersMemory_itIsKilled_andWithMoreItGoesOn() throws Exception {
        cluster.createTopics();
        cluster.ingest("north", 200);
        try (Container container = run("kinolift-memory", "150m")) {
            assertThat(container.awaitEnd()).as(container.logs()).isEqualTo(137);
            System.out.println("killed for memory, as podman says: " + container.inspect("{{.State.OOMKilled}}"));
        }
        try (Container container = run("kinolift-memory", "3g")) {
            cluster.awaitEndOf("north", 400);
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
        List<String> options = new ArrayList<>(List.of(
                "--memory",
                memory,
                "--memory-swap",
                memory,
                "--env",
                "KINOLIFT_KAFKA_BOOTSTRAP_SERVERS=" + cluster.bootstrapServers(),
                "--env",
                "KINOLIFT_KAFKA_SESSION_TIMEOUT_MS=6000",
                "--env",
                "KINOLIFT_HTTP_PORT=" + port,
                "--env",
                "KINOLIFT_START_CHECK=warn"));
        options.addAll(List.of(more));
        return Container.start(name, options);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
