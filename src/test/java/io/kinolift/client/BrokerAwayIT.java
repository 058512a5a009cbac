package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.KafkaNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.bytedeco.javacv.FrameRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker goes away in the middle. */
class BrokerAwayIT {
    private static final int MOST_FRAMES = 100_000;

    @TempDir
    private Path folder;

    private List<KafkaNode> nodes;

    @BeforeEach
    void start() throws Exception {
        nodes = KafkaNode.cluster(folder, 1, Map.of());
        Map<String, String> clients = Map.of("bootstrap.servers", KafkaNode.bootstrapServers(nodes));
        KafkaNode.awaitBrokers(nodes, clients);
        try (Admin admin = Admin.create(Map.copyOf(clients))) {
            admin.createTopics(List.of(new NewTopic("kinolift.frames", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stop() {
        KafkaNode.closeAll(nodes);
    }

    /** A second picture waits for room until the first one is given up, and then says so. */
    @Test
    void forGood_recordSaysSoInTime() throws Exception {
        KafkaFrameRecorder recorder = new KafkaFrameRecorder(KafkaNode.bootstrapServers(nodes), "s");
        recorder.setOption("delivery.timeout.ms", "4000");
        recorder.setOption("request.timeout.ms", "2000");
        recorder.setOption("in.flight.bytes", "50000");
        recorder.start();
        recorder.record(FrameBytes.bytes(64, 48, 3, 192, 0));
        recorder.flush();
        nodes.getFirst().kill();
        long begun = System.nanoTime();
        assertThatThrownBy(() -> {
                    for (int i = 1; i < MOST_FRAMES; i++) {
                        recorder.record(FrameBytes.bytes(64, 48, 3, 192, i));
                    }
                })
                .isInstanceOf(FrameRecorder.Exception.class)
                .hasMessageStartingWith("expected topic kinolift.frames to take a record of stream \"s\", found");
        assertThat(recorder.getFrameNumber()).as("held by the bound").isLessThan(100);
        assertThatThrownBy(recorder::close).hasMessageStartingWith("expected topic kinolift.frames to take");
        recorder.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(12));
    }

    @Test
    void forAWhile_nothingIsLost() throws Exception {
        String servers = KafkaNode.bootstrapServers(nodes);
        try (KafkaFrameRecorder recorder = new KafkaFrameRecorder(servers, "s")) {
            recorder.setOption("delivery.timeout.ms", "120000");
            recorder.setOption("codec", "raw");
            recorder.setFrameRate(25);
            recorder.start();
            for (int i = 0; i < 10; i++) {
                recorder.record(FrameBytes.bytes(64, 48, 3, 192, i));
            }
            nodes.getFirst().kill();
            for (int i = 10; i < 20; i++) {
                recorder.record(FrameBytes.bytes(64, 48, 3, 192, i));
            }
            nodes.getFirst().start();
        }
        try (KafkaFrameGrabber grabber = new KafkaFrameGrabber("kafka://" + servers + "/s?topic=kinolift.frames")) {
            grabber.start();
            List<ClientTopics.Got> got = ClientTopics.all(grabber);
            assertThat(got).hasSize(20);
            for (int i = 0; i < 20; i++) {
                assertThat(got.get(i).bytes()).isEqualTo(FrameBytes.all(FrameBytes.bytes(64, 48, 3, 192, i)));
            }
        }
    }
}
