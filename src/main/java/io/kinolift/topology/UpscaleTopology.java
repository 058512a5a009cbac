package io.kinolift.topology;

import io.kinolift.engine.DecodeGuard;
import io.kinolift.trace.Telemetry;
import io.kinolift.wire.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The whole stream application: {@code frames -> assemble-windows -> upscale -> account -> upscaled, dead-letters,
 * accounts}. Takes plain values, so that it can be built in a unit test.
 */
public final class UpscaleTopology implements Supplier<Topology> {
    /** For so long at least, a changelog says that a row was deleted. */
    public static final Duration DELETIONS_KEPT = Duration.ofSeconds(60);

    static final String UPSCALED_SINK = "upscaled";
    static final String DEAD_LETTERS_SINK = "dead-letters";
    static final String ACCOUNTS_SINK = "accounts-topic";
    private static final String SOURCE = "frames";
    private static final String ASSEMBLE = "assemble-windows";
    private static final String UPSCALE = "upscale";
    private static final String ACCOUNT = "account";

    private volatile TopologySettings settings;
    private final Telemetry<StreamEvent> telemetry;
    private final DecodeGuard guard;
    private final WindowLevels levels;

    /** @param telemetry sees the work */
    public UpscaleTopology(TopologySettings settings, Telemetry<StreamEvent> telemetry) {
        this(settings, telemetry, DecodeGuard.NONE);
    }

    /** @param guard is called around each decoding */
    public UpscaleTopology(TopologySettings settings, Telemetry<StreamEvent> telemetry, DecodeGuard guard) {
        this(settings, telemetry, guard, WindowLevels.live(WindowLevels.Clock.SYSTEM));
    }

    /** @param levels chooses the levels of windows */
    UpscaleTopology(
            TopologySettings settings, Telemetry<StreamEvent> telemetry, DecodeGuard guard, WindowLevels levels) {
        this.settings = settings;
        this.telemetry = telemetry;
        this.guard = guard;
        this.levels = levels;
    }

    /** The topics from which Kafka Streams restores the stores, that of the waiting frames first. */
    public static List<String> changelogs(String applicationId) {
        return Stream.of(AssembleWindows.STORE, AccountFrames.STORE)
                .map(store -> applicationId + "-" + store + "-changelog")
                .toList();
    }

    /** @throws io.kinolift.registry.RegistryException if there is a registry and it is away, or refuses a schema */
    @Override
    public Topology get() {
        TopologySettings.TopicNames topics = settings.topics();
        Topology topology = new Topology();
        addSource(topology, topics.inputs());
        UnreadableTopic unreadable = new UnreadableTopic(settings.input());
        topology.addProcessor(ASSEMBLE, () -> new AssembleWindows(settings, telemetry, unreadable, levels), SOURCE);
        topology.addProcessor(UPSCALE, () -> new Upscale(settings, telemetry, guard), ASSEMBLE);
        topology.addProcessor(ACCOUNT, () -> new AccountFrames(settings, telemetry), UPSCALE);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(AssembleWindows.STORE),
                                Serdes.Bytes(),
                                Serdes.ByteArray())
                        .withCachingEnabled()
                        .withLoggingEnabled(windowsChangelog(settings)),
                ASSEMBLE);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(AccountFrames.STORE),
                                Serdes.String(),
                                Serdes.ByteArray())
                        .withCachingEnabled()
                        .withLoggingEnabled(Map.of()),
                ACCOUNT);
        addSink(topology, UPSCALED_SINK, topics.upscaled(), RecordType.FRAME);
        addSink(topology, DEAD_LETTERS_SINK, topics.deadLetters(), RecordType.DEAD_LETTER);
        addSink(topology, ACCOUNTS_SINK, topics.accounts(), RecordType.ACCOUNT);
        return topology;
    }

    /** Tasks that begin from now on write records that output topics with another limit take. */
    public void limitRecords(int maxRecordBytes) {
        settings = settings.withMaxRecordBytes(maxRecordBytes);
    }

    private static void addSource(Topology topology, InputTopics inputs) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        AutoOffsetReset asConfigured = null;
        if (inputs.isPattern()) {
            topology.addSource(asConfigured, SOURCE, new AnyTimestamp(), bytes, bytes, inputs.pattern());
        } else {
            String[] names = inputs.names().toArray(String[]::new);
            topology.addSource(asConfigured, SOURCE, new AnyTimestamp(), bytes, bytes, names);
        }
    }

    private void addSink(Topology topology, String name, String topic, RecordType type) {
        UnaryOperator<byte[]> layout = type.layout(topic, settings.registry());
        Serializer<byte[]> values = (_, record) -> layout.apply(record);
        Serializer<OutputKey> keys = (_, key) -> key.bytes();
        topology.addSink(name, topic, keys, values, OutputKey::partitions, ACCOUNT);
    }

    /** The topics behind the stores with their own settings. */
    public static Map<String, Map<String, String>> changelogs(String applicationId, TopologySettings settings) {
        List<String> names = changelogs(applicationId);
        return Map.of(names.getFirst(), windowsChangelog(settings), names.getLast(), Map.of());
    }

    /** Frames come and go within seconds: without these, a restart would read back everything that ever passed. */
    private static Map<String, String> windowsChangelog(TopologySettings settings) {
        return Map.of(
                "segment.bytes", Integer.toString(64 << 20),
                "delete.retention.ms", Long.toString(DELETIONS_KEPT.toMillis()),
                "min.cleanable.dirty.ratio", "0.1",
                "max.compaction.lag.ms", "60000",
                "max.message.bytes", Integer.toString(settings.engine().limits().maxBytes() + (1 << 16)));
    }
}
