package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.TestFrames;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.transfer.Clients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances under one name. */
class SameNameIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private static void awaitRunning(KinoliftStreams streams) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> streams.kafka().state() == KafkaStreams.State.RUNNING
                        && streams.kafka().metadataForLocalThreads().stream()
                                .anyMatch(thread -> !thread.activeTasks().isEmpty()));
    }

    @Test
    void theSecond_isRefusedWhileTheFirstIsAtWork_andMayStartWhenItIsGone() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics topics = new ChaosTopics(clients, "twice", 1, (short) 1).create();
            try (KinoliftStreams first = topics.start(folder.resolve("first"), "one")) {
                awaitRunning(first);
                Thread camera = Thread.ofVirtual().start(() -> send(clients));
                try {
                    assertThatThrownBy(() -> topics.start(folder.resolve("second"), "one"))
                            .hasMessageStartingWith(
                                    "expected an instance id of its own (--instance-id), found one-1 on")
                            .hasMessageEndingWith("at work in group twice");
                } finally {
                    camera.interrupt();
                    camera.join();
                }
                assertThat(first.lastThreadFailure()).isEmpty();
                awaitRunning(first);
            }
            // It stays in the group until its session is over.
            try (KinoliftStreams second = topics.start(folder.resolve("second"), "one")) {
                awaitRunning(second);
            }
            // The same folder is the same instance.
            long before = System.nanoTime();
            try (KinoliftStreams again = topics.start(folder.resolve("second"), "one")) {
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
                awaitRunning(again);
            }
        }
    }

    /** Frames until it is interrupted. */
    private static void send(Map<String, String> clients) {
        try (Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES)) {
            for (long sequence = 0; !Thread.currentThread().isInterrupted(); sequence++) {
                ChaosTopics.send(producer, TestFrames.raw("s", sequence, 32, 24));
                Thread.sleep(40);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
