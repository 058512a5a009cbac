package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.KafkaNode;
import io.kinolift.transfer.Clients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers, every partition on all of them, and two instances of the application; leaders are killed, then an
 * instance, and a third one joins. {@code -Dkinolift.cluster.kills=5} is the full form.
 */
@Tag("endurance")
class ClusterIT {
    private static final int KILLS = Integer.getInteger("kinolift.cluster.kills", 1);
    private static final int FRAMES_PER_KILL = 30;
    private static final int PARTITIONS = 2;
    private static final List<String> STREAMS = List.of("east", "west", "up", "down");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Logs of brokers and instances are kept if it fails. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void leadersAndInstancesDie_theOutputIsThatOfAnUndisturbedRun() throws Exception {
        List<KafkaNode> nodes = KafkaNode.cluster(folder.resolve("cluster"), 3, Map.of());
        Map<String, String> clients = Map.of("bootstrap.servers", KafkaNode.bootstrapServers(nodes));
        try {
            KafkaNode.awaitBrokers(nodes, clients);
            ChaosTopics topics = new ChaosTopics(clients, "shaken", PARTITIONS, (short) 3).create();
            ChaosTopics calm = new ChaosTopics(clients, "calm", PARTITIONS, (short) 3).create();
            try (Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES);
                    Instance one = instance(topics, "one");
                    Instance two = instance(topics, "two");
                    Instance three = instance(topics, "three");
                    ChaosTopics.Output output = topics.output().madeBy(one, two, three)) {
                one.start();
                two.start();
                int sent = 0;
                for (int kill = 0; kill < KILLS; kill++) {
                    sent = send(producer, sent);
                    int seen = output.await(output.poll() + STREAMS.size(), Integer.MAX_VALUE, PATIENCE);
                    KafkaNode leader = leader(clients, nodes, kill % PARTITIONS);
                    leader.kill();
                    sent = send(producer, sent);
                    output.await(seen + STREAMS.size(), Integer.MAX_VALUE, PATIENCE);
                    leader.start();
                    KafkaNode.awaitInSync(nodes, clients);
                }
                sent = send(producer, sent);
                one.close();
                three.start();
                for (String stream : STREAMS) {
                    ChaosTopics.end(producer, stream, sent);
                }
                output.await(Integer.MAX_VALUE, STREAMS.size(), PATIENCE);
                try (KinoliftStreams _ = calm.start(folder.resolve("calm"), "only")) {
                    assertThat(output.streams()).isEqualTo(calm.read(STREAMS.size(), PATIENCE));
                }
                assertThat(output.streams().get("east")).hasSize(2 * sent + 1);
                assertThat(topics.audit().problems()).isEmpty();
            }
        } finally {
            KafkaNode.closeAll(nodes);
        }
    }

    private Instance instance(ChaosTopics topics, String name) throws Exception {
        return new Instance(
                topics, folder, name, "session.timeout.ms=6000", "replication.factor=3", "kinolift.start.check=warn");
    }

    private static KafkaNode leader(Map<String, String> clients, List<KafkaNode> nodes, int partition)
            throws Exception {
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            int id = admin.describeTopics(List.of("kinolift.frames"))
                    .allTopicNames()
                    .get()
                    .get("kinolift.frames")
                    .partitions()
                    .get(partition)
                    .leader()
                    .id();
            return nodes.get(id - 1);
        }
    }

    private static int send(Producer<byte[], byte[]> producer, int from) {
        ChaosTopics.send(producer, STREAMS, from, from + FRAMES_PER_KILL, 64, 48);
        return from + FRAMES_PER_KILL;
    }
}
