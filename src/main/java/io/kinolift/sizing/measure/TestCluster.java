package io.kinolift.sizing.measure;

import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.TopicSettings;
import io.kinolift.topology.UpscaleTopology;
import io.kinolift.transfer.Clients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** A broker in this process with Kinolift's topics, and how many bytes they have. */
final class TestCluster implements AutoCloseable {
    /** As many tasks as the model gives a stream thread. */
    static final int PARTITIONS = 4;

    static final String FRAMES = TopicSettings.FRAMES_TOPIC.usualText();
    static final String UPSCALED = TopicSettings.UPSCALED_TOPIC.usualText();
    static final String ACCOUNTS = TopicSettings.ACCOUNTS_TOPIC.usualText();
    static final String APPLICATION = "kinolift-size";
    private static final List<String> CHANGELOGS = UpscaleTopology.changelogs(APPLICATION);
    private static final int SEGMENT_BYTES = 1 << 30;
    private static final long NEVER_MILLIS = Duration.ofDays(1).toMillis();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EmbeddedBroker broker;
    private final Admin admin;

    TestCluster() {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        try {
            admin = Admin.create(new HashMap<>(clients()));
            new Topics(
                            FRAMES,
                            UPSCALED,
                            TopicSettings.DEAD_LETTERS_TOPIC.usualText(),
                            ACCOUNTS,
                            PARTITIONS,
                            (short) -1,
                            BrokerSettings.DEFAULT_MAX_MESSAGE_BYTES,
                            SEGMENT_BYTES,
                            -1)
                    .create(admin);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    Map<String, String> clients() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    /** A folder that is gone with the broker. */
    Path scratch(String name) {
        return broker.scratch().resolve(name);
    }

    Producer<byte[], byte[]> producer() {
        return Clients.producer(clients(), BrokerSettings.DEFAULT_MAX_MESSAGE_BYTES);
    }

    /** Reads topics from their beginning. */
    Consumer<byte[], byte[]> reader(List<String> topics) {
        Consumer<byte[], byte[]> reader = Clients.consumer(clients());
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : topics) {
            reader.partitionsFor(topic).forEach(info -> all.add(new TopicPartition(topic, info.partition())));
        }
        reader.assign(all);
        reader.seekToBeginning(all);
        return reader;
    }

    /** Changelogs keep all that is written to them, so that it can be counted. */
    void keepChangelogs() {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (String changelog : changelogs()) {
            changes.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, changelog),
                    List.of(set("max.compaction.lag.ms"), set("min.compaction.lag.ms")));
        }
        get(admin.incrementalAlterConfigs(changes).all());
    }

    private static AlterConfigOp set(String name) {
        return new AlterConfigOp(new ConfigEntry(name, Long.toString(NEVER_MILLIS)), AlterConfigOp.OpType.SET);
    }

    /** Bytes of the logs, by topic. */
    Map<String, Long> bytes() {
        List<Integer> brokers =
                get(admin.describeCluster().nodes()).stream().map(Node::id).toList();
        Map<String, Long> bytes = new TreeMap<>();
        get(admin.describeLogDirs(brokers).allDescriptions())
                .values()
                .forEach(folders -> folders.values()
                        .forEach(folder -> folder.replicaInfos()
                                .forEach((partition, replica) ->
                                        bytes.merge(partition.topic(), replica.size(), Long::sum))));
        return bytes;
    }

    static boolean isChangelog(String topic) {
        return CHANGELOGS.contains(topic);
    }

    /** The changelogs that there are. */
    List<String> changelogs() {
        Set<String> existing = get(admin.listTopics().names());
        return CHANGELOGS.stream().filter(existing::contains).toList();
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker of the measurement does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            admin.close();
        } finally {
            broker.close();
        }
    }
}
