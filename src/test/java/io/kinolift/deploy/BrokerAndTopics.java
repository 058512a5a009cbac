package io.kinolift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.audit.Audit;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.input.AvroInput;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** A broker in this process, and what goes in and comes out by the image's own commands. */
final class BrokerAndTopics implements AutoCloseable {
    private static final TopicNames NAMES = TopicNames.DEFAULT;

    private final EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults());
    private final Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** A test pattern, sent by the image itself. */
    void ingest(String stream, int frames) throws Exception {
        Podman.run(
                        "run",
                        "--rm",
                        "--network",
                        "host",
                        "--read-only",
                        "--cap-drop",
                        "all",
                        Podman.IMAGE,
                        "ingest",
                        "lavfi:testsrc2=size=480x270:rate=25:duration=" + frames / 25,
                        "--stream",
                        stream,
                        "--bootstrap-server",
                        broker.bootstrapServers())
                .orFail();
    }

    /** All of a stream, in the image's own words, and every frame accounted for. */
    void awaitEndOf(String stream, int outputs) throws Exception {
        Podman.Outcome outcome = Podman.run(
                "run",
                "--rm",
                "--network",
                "host",
                "--read-only",
                "--cap-drop",
                "all",
                Podman.IMAGE,
                "collect",
                "/tmp/out.mkv",
                "--stream",
                stream,
                "--bootstrap-server",
                broker.bootstrapServers(),
                "--timeout",
                "170");
        assertThat(outcome.orFail()).contains(outputs + " frames of stream " + stream);
        assertThat(audit().problems()).isEmpty();
    }

    void createTopics() {
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            new Topics(
                            NAMES.frames(),
                            NAMES.upscaled(),
                            NAMES.deadLetters(),
                            NAMES.accounts(),
                            1,
                            (short) 1,
                            4 << 20,
                            16 << 20,
                            -1)
                    .create(admin);
        }
    }

    /** How many there are in the only partition. */
    long records(String topic) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }

    Audit.Report audit() throws Exception {
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(clients)) {
            return new Audit(consumer, NAMES, new AvroInput(Optional.empty(), false), _ -> true).run();
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
