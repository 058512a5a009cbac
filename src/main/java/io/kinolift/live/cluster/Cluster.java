package io.kinolift.live.cluster;

import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.group.MemberNames;
import io.kinolift.runtime.topics.Backlog;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.topology.InputTopics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;

/** The application as one instance sees it: itself, the others, and the streams of all. */
public final class Cluster implements AutoCloseable {
    private final KinoliftStreams streams;
    private final InputTopics inputs;
    private final Map<String, String> clientSettings;
    private final GroupView view;
    private final ClusterReader reader;
    private final Supplier<String> ownHost;
    /** Kept, because a stopped application has no threads that tell it. */
    private String name = "";

    /**
     * Reads nothing yet.
     *
     * @param clientSettings of Kafka clients, at least {@code bootstrap.servers}
     * @param ownHost the name of this machine; asked at most once for each answer
     */
    public Cluster(
            KinoliftStreams streams,
            InputTopics inputs,
            String accountsTopic,
            Map<String, String> clientSettings,
            Supplier<String> ownHost) {
        this.streams = streams;
        this.inputs = inputs;
        this.clientSettings = Map.copyOf(clientSettings);
        this.view = new GroupView(inputs);
        this.reader = new ClusterReader(accountsTopic, this::consumer, this::group, System::nanoTime);
        this.ownHost = ownHost;
    }

    /** Other names than the application's own clients have; and in no group, so that it disturbs none. */
    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.remove(CommonClientConfigs.GROUP_ID_CONFIG);
        settings.remove(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, name() + "-page");
        return settings;
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = settings();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // Many accounts at once, once a second: of each stream, only the last one is read.
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 20_000);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1 << 20);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1_000);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private ClusterReader.Group group() {
        Map<String, Object> settings = settings();
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        Admin admin = Admin.create(settings);
        return new ClusterReader.Group() {
            @Override
            public Collection<MemberDescription> members() {
                return Topics.members(admin, streams.application());
            }

            @Override
            public Backlog backlog() {
                return Backlog.of(admin, streams.application(), inputs);
            }

            @Override
            public void close() {
                admin.close(Duration.ofSeconds(1));
            }
        };
    }

    /**
     * The present state of this instance.
     *
     * @param url of its page, unless it says another one
     */
    public Instance self(String url) {
        Set<TopicPartition> own = view.own(streams.assigned());
        return new Instance(name(), ownHost.get(), page(url), true, Instance.byTopic(own));
    }

    private String page(String url) {
        String said = clientSettings.get(StreamsConfig.APPLICATION_SERVER_CONFIG);
        return said == null || said.isBlank()
                ? url
                : PageAddress.of(HostInfo.buildFromEndpoint(said)).orElse(url);
    }

    private synchronized String name() {
        streams.instanceId()
                .or(() -> streams.kafka().metadataForLocalThreads().stream()
                        .map(ThreadMetadata::threadName)
                        .map(MemberNames::ofClient)
                        .findAny())
                .ifPresent(found -> name = found);
        return name;
    }

    /** Everything, as far as it is known by now. Asking starts the reader; ask again for more. */
    public ClusterStatus look(Instance self) {
        ClusterReader.Seen seen = reader.look();
        List<Instance> instances = view.instances(self, seen.members(), addresses());
        return ClusterStatus.of(seen, instances, System.currentTimeMillis());
    }

    private Collection<StreamsMetadata> addresses() {
        try {
            return streams.kafka().metadataForAllStreamsClients();
        } catch (StreamsNotStartedException | IllegalStateException _) {
            // It has not started, or it has stopped.
            return List.of();
        }
    }

    /** Whether accounts are being read. */
    public boolean isReading() {
        return reader.isReading();
    }

    @Override
    public void close() {
        reader.close();
    }
}
