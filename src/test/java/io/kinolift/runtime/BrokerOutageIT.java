package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.KafkaNode;
import io.kinolift.avro.VideoFrame;
import io.kinolift.transfer.Clients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The only broker goes away and comes back: the process stays, alive and not ready, and nothing is lost.
 * {@code -Dkinolift.outage.seconds=60} is the full form. This also holds if it
 * stays away for longer than {@code task.timeout.ms}.
 */
@Tag("endurance")
class BrokerOutageIT {
    private static final int SECONDS = Integer.getInteger("kinolift.outage.seconds", 8);
    private static final int FRAMES = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void theBrokerIsDownForAWhile_theProcessStaysAndCatchesUp() throws Exception {
        outage("task.timeout.ms=300000");
    }

    @Test
    void theBrokerIsDownForLongerThanATaskMayWait_theProcessStaysAndCatchesUp() throws Exception {
        outage("task.timeout.ms=1000");
    }

    private void outage(String setting) throws Exception {
        List<KafkaNode> nodes = KafkaNode.cluster(folder.resolve("cluster"), 1, Map.of());
        Map<String, String> clients = Map.of("bootstrap.servers", KafkaNode.bootstrapServers(nodes));
        try {
            KafkaNode.awaitBrokers(nodes, clients);
            ChaosTopics topics = new ChaosTopics(clients, "patient", 1, (short) 1).create();
            try (Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES);
                    Instance instance = new Instance(topics, folder, "one", setting);
                    ChaosTopics.Output output = topics.output().madeBy(instance)) {
                instance.start();
                ChaosTopics.send(producer, List.of("s"), 0, FRAMES / 2, 64, 48);
                output.await(5, 1, PATIENCE);
                outage(nodes.getFirst(), instance);
                ChaosTopics.send(producer, List.of("s"), FRAMES / 2, FRAMES, 64, 48);
                ChaosTopics.end(producer, "s", FRAMES);
                output.await(Integer.MAX_VALUE, 1, PATIENCE);
                List<VideoFrame> frames = output.streams().get("s");
                assertThat(frames).hasSize(2 * FRAMES + 1);
                assertThat(frames.stream().limit(2 * FRAMES).map(VideoFrame::getSequence))
                        .isSorted()
                        .doesNotHaveDuplicates();
                assertThat(instance.isAlive()).isTrue();
                assertThat(topics.audit().problems()).isEmpty();
                assertThat(instance.said()).doesNotContain("the stream application stops");
            }
        } finally {
            KafkaNode.closeAll(nodes);
        }
    }

    /** Liveness stays up throughout, readiness goes down and comes back. */
    private static void outage(KafkaNode broker, Instance instance) throws Exception {
        try (ServedBy http = instance.http()) {
            http.awaitStatus("ready", PATIENCE, 200);
            broker.kill();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            http.awaitStatus("ready", Duration.ofSeconds(SECONDS), 503);
            while (System.nanoTime() < end) {
                TimeUnit.SECONDS.sleep(1);
                instance.requireAlive();
                assertThat(http.get("live").statusCode()).isEqualTo(200);
                assertThat(http.get("ready").statusCode()).isEqualTo(503);
            }
            broker.start();
            http.awaitStatus("ready", PATIENCE, 200);
            assertThat(http.get("live").statusCode()).isEqualTo(200);
        }
    }
}
