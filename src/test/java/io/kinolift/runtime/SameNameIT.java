package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.TestFrames;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.transfer.Clients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
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
                            .hasMessageStartingWith("expected an instance id of its own (--instance-id), found one on")
                            .hasMessageContaining("at work in group twice");
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

    /** It would take the first one's membership away, whose partitions are not those of its own topics. */
    @Test
    void anotherApplicationInTheSameFolder_isRefusedBeforeItDoesAnything() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics topics = new ChaosTopics(clients, "one-folder", 1, (short) 1).create();
            try (Admin admin = Admin.create(new HashMap<>(clients))) {
                admin.createTopics(List.of(new NewTopic("images", 1, (short) 1)))
                        .all()
                        .get();
            }
            try (KinoliftStreams first = topics.start(folder.resolve("state"), "one")) {
                awaitRunning(first);
                Map<String, String> images = new HashMap<>(topics.ours());
                images.put("kinolift.frames.topic", "images");
                Map<String, String> same = new HashMap<>(clients);
                same.put("application.id", "one-folder");
                same.put("group.instance.id", "one");
                assertThatThrownBy(() ->
                                new KinoliftStreams(new KinoliftConfig(images), same, folder.resolve("state")).close())
                        .hasMessageContaining("for this instance alone, found another instance using it")
                        .hasMessageContaining("--state-dir");
                try (Admin admin = Admin.create(new HashMap<>(clients))) {
                    assertThat(admin.describeConsumerGroups(List.of("one-folder"))
                                    .all()
                                    .get()
                                    .get("one-folder")
                                    .members())
                            .singleElement()
                            .satisfies(member -> assertThat(member.assignment().topicPartitions())
                                    .hasSize(1));
                }
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
