package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kinolift.avro.VideoFrame;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.transfer.Clients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A stream thread that keeps failing is started again up to the limit, and no frame is lost. */
@Timeout(300)
class ThreadFailureIT {
    private static final int RESTARTS = 2;
    private static final int FRAMES = 12;
    /** Kafka's default: as long would partitions lie idle if a failed thread stayed in the group. */
    private static final long SESSION_MILLIS = 45_000;

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ThreadFailures.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void restarts_areSoManyWithinAPeriod() {
        ThreadRestarts restarts = new ThreadRestarts(2, Duration.ofSeconds(3));
        assertThat(restarts.isAllowed()).isTrue();
        assertThat(restarts.isAllowed()).isTrue();
        assertThat(restarts.isAllowed()).isFalse();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(restarts::isAllowed);
    }

    /** No window of these frames is done within a millisecond, so every thread fails at its first. */
    @Test
    void aThreadThatFailsAgainAndAgain_stopsTheApplicationAndLosesNothing() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics topics = new ChaosTopics(clients, "failing", 1, (short) 1).create();
            try (Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES)) {
                ChaosTopics.send(producer, List.of("s"), 0, FRAMES, 640, 480);
                ChaosTopics.end(producer, "s", FRAMES);
            }
            try (KinoliftStreams failing = start(
                    topics,
                    Map.of(
                            "kinolift.window.timeout.ms",
                            "1",
                            "kinolift.thread.restarts",
                            Integer.toString(RESTARTS),
                            "kinolift.start.check",
                            "warn"))) {
                failing.awaitStop();
                assertThat(failing.failure()).isPresent();
            }
            List<ILoggingEvent> restarted = log.list.stream()
                    .filter(event -> event.getMessage().contains("is started again"))
                    .toList();
            assertThat(restarted).hasSize(RESTARTS);
            assertThat(restarted.getLast().getTimeStamp() - restarted.getFirst().getTimeStamp())
                    .as("ms until the thread that was started again had the work of the failed one")
                    .isLessThan(SESSION_MILLIS);
            assertThat(log.list.stream().filter(event -> event.getMessage().contains("the stream application stops")))
                    .hasSize(1);
            try (KinoliftStreams _ = start(topics, Map.of())) {
                List<VideoFrame> output = topics.read(1, Duration.ofMinutes(2)).get("s");
                assertThat(output.stream().map(VideoFrame::getSequence))
                        .hasSize(2 * FRAMES + 1)
                        .isSorted()
                        .doesNotHaveDuplicates();
            }
            assertThat(topics.audit().problems()).isEmpty();
        }
    }

    /**
     * With a copy of the state folder, the second counts as the first after a restart. It works on: restarts of the first
     * would only throw it out, and be thrown out again.
     */
    @Test
    void anInstanceWhoseIdAnotherHasTaken_stopsAndSaysSo() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics topics = new ChaosTopics(clients, "twins", 1, (short) 1).create();
            try (KinoliftStreams first = topics.start(folder.resolve("first"), "twin")) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> first.kafka().state() == KafkaStreams.State.RUNNING);
                Path copy = Files.createDirectories(folder.resolve("second/twins"));
                Files.copy(
                        folder.resolve("first/twins/kafka-streams-process-metadata"),
                        copy.resolve("kafka-streams-process-metadata"));
                try (KinoliftStreams second = topics.start(folder.resolve("second"), "twin")) {
                    first.awaitStop();
                    assertThat(first.failure().orElseThrow())
                            .hasMessageContaining("another instance has joined with twin");
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(60))
                            .until(() -> second.kafka().state() == KafkaStreams.State.RUNNING);
                    assertThat(second.failure()).isEmpty();
                }
            }
        }
    }

    private KinoliftStreams start(ChaosTopics topics, Map<String, String> settings) {
        Map<String, String> ours = new HashMap<>(topics.ours());
        ours.putAll(settings);
        Map<String, String> kafkas = new HashMap<>(topics.clients());
        kafkas.put("application.id", topics.name());
        kafkas.put("group.instance.id", "one");
        KinoliftStreams streams = new KinoliftStreams(new KinoliftConfig(ours), kafkas, folder.resolve("state"));
        streams.start();
        return streams;
    }
}
