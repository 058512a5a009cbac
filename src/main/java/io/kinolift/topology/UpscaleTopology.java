package io.kinolift.topology;

import io.kinolift.engine.DecodeGuard;
import io.kinolift.trace.Telemetry;
import io.kinolift.wire.RecordType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The whole stream application: {@code frames -> assemble-windows -> upscale -> account -> upscaled, dead-letters,
 * accounts}. With a {@link Spread}, windows and what comes of them go through topics of their own, and {@code resequence}
 * restores their order. Takes plain values, so that it can be built in a unit test.
 */
public final class UpscaleTopology implements Supplier<Topology> {
    /** For so long at least, a changelog says that a row was deleted. */
    public static final Duration DELETIONS_KEPT = Duration.ofSeconds(60);

    /** A changelog has whatever is not compacted yet: rows of so long, and the file that is being written. */
    public static final Duration COMPACTED_AFTER = Duration.ofSeconds(60);

    public static final int CHANGELOG_SEGMENT_BYTES = 64 << 20;

    /** Of the key of a row, with what a batch adds. */
    private static final int KEY_BYTES = 1 << 16;

    static final String UPSCALED_SINK = "upscaled";
    static final String DEAD_LETTERS_SINK = "dead-letters";
    static final String ACCOUNTS_SINK = "accounts-topic";
    private static final String SOURCE = "frames";
    private static final String ASSEMBLE = "assemble-windows";
    private static final String UPSCALE = "upscale";
    static final String WINDOWS_SINK = "windows-topic";
    static final String UPSCALE_IN_PLACE = "upscale-in-place";
    static final String ACCOUNT = "account";
    private static final String WINDOWS = "windows";
    private static final String OUTCOMES = "outcomes";
    private static final String RESEQUENCE = "resequence";

    private volatile TopologySettings settings;
    private final Telemetry<StreamEvent> telemetry;
    private final DecodeGuard guard;
    private final WindowLevels levels;
    private final InputHold hold = new InputHold();
    private final ThreadLanes threads = new ThreadLanes();

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

    /** The topics from which Kafka Streams may restore stores, that of the waiting frames first. */
    public static List<String> changelogs(String applicationId) {
        return Stream.of(AssembleWindows.STORE, AccountFrames.STORE, Resequence.STORE)
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
        topology.addProcessor(
                ASSEMBLE, () -> new AssembleWindows(settings, telemetry, unreadable, levels, hold), SOURCE);
        String upscaled =
                settings.spread().map(spread -> addSpread(topology, spread)).orElseGet(() -> addUpscale(topology));
        topology.addProcessor(ACCOUNT, () -> new AccountFrames(settings, telemetry), upscaled);
        topology.addStateStore(store(AssembleWindows.STORE, Serdes.Bytes(), windowsChangelog(settings)), ASSEMBLE);
        topology.addStateStore(store(AccountFrames.STORE, Serdes.String(), Map.of()), ACCOUNT);
        addSink(topology, UPSCALED_SINK, topics.upscaled(), RecordType.FRAME);
        addSink(topology, DEAD_LETTERS_SINK, topics.deadLetters(), RecordType.DEAD_LETTER);
        addSink(topology, ACCOUNTS_SINK, topics.accounts(), RecordType.ACCOUNT);
        return topology;
    }

    /** Which partitions of the input are not to be read now. */
    public InputHold hold() {
        return hold;
    }

    /** Is to be told which lanes each stream thread has. */
    public ThreadLanes threads() {
        return threads;
    }

    private String addUpscale(Topology topology) {
        topology.addProcessor(
                UPSCALE, () -> new Upscale<String>(settings, telemetry, guard, Optional.empty()), ASSEMBLE);
        return UPSCALE;
    }

    /**
     * Two parts, which meet in topics only: one that cuts windows and accounts for them, with a task for each partition of
     * the input; and one that upscales windows, with a task for each lane.
     */
    private String addSpread(Topology topology, Spread spread) {
        addSource(topology, OUTCOMES, spread.outcomesTopic());
        // Of the limit of the changelog that is made now: tasks that begin later may have another one.
        int maxBodyBytes = maxOutcomeBytes(settings) - KEY_BYTES;
        topology.addProcessor(
                RESEQUENCE,
                () -> new Resequence(spread, maxBodyBytes, settings.engine().plans(), hold, threads, telemetry),
                ASSEMBLE,
                OUTCOMES);
        topology.addStateStore(store(Resequence.STORE, Serdes.Bytes(), outcomesChangelog(settings)), RESEQUENCE);
        addSink(topology, WINDOWS_SINK, spread.windowsTopic(), Ticket::lane, RESEQUENCE);
        ProcessorSupplier<Ticket, StreamEvent, Ticket, StreamEvent> upscale =
                () -> new Upscale<>(settings, telemetry, guard, Optional.of(threads.instanceId()));
        topology.addProcessor(UPSCALE_IN_PLACE, upscale, RESEQUENCE);
        // A sink of both would make one part of the two.
        addSink(topology, UPSCALE_IN_PLACE + "-outcomes", spread.outcomesTopic(), Ticket::home, UPSCALE_IN_PLACE);
        addSource(topology, WINDOWS, spread.windowsTopic());
        topology.addProcessor(UPSCALE, upscale, WINDOWS);
        addSink(topology, UPSCALE + "-outcomes", spread.outcomesTopic(), Ticket::home, UPSCALE);
        return RESEQUENCE;
    }

    private static void addSource(Topology topology, String name, String topic) {
        Deserializer<Ticket> tickets = (_, bytes) -> Ticket.read(bytes);
        topology.addSource(
                AutoOffsetReset.earliest(), name, new AnyTimestamp(), tickets, new SentEvent.Reader(), topic);
    }

    private static void addSink(
            Topology topology,
            String name,
            String topic,
            StreamPartitioner<Ticket, StreamEvent> partitioner,
            String parent) {
        Serializer<Ticket> tickets = (_, ticket) -> ticket.write();
        topology.addSink(name, topic, tickets, new SentEvent.Writer(), partitioner, parent);
    }

    private static <K> StoreBuilder<KeyValueStore<K, byte[]>> store(
            String name, Serde<K> keys, Map<String, String> changelog) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(changelog);
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
        Map<String, Map<String, String>> changelogs = new HashMap<>();
        changelogs.put(names.get(0), windowsChangelog(settings));
        changelogs.put(names.get(1), Map.of());
        if (settings.spread().isPresent()) {
            changelogs.put(names.get(2), outcomesChangelog(settings));
        }
        return changelogs;
    }

    /**
     * The largest record of the topic of outcomes: a whole output or a refused input, and its picture once more where the
     * record has it as text.
     */
    public static int maxOutcomeBytes(TopologySettings settings) {
        long largest =
                Math.max(settings.maxRecordBytes(), settings.engine().limits().maxBytes());
        return (int) Math.min(Integer.MAX_VALUE, 2 * largest + (1 << 17));
    }

    /** Frames come and go within seconds: without these, a restart would read back everything that ever passed. */
    private static Map<String, String> windowsChangelog(TopologySettings settings) {
        return changelog(settings.engine().limits().maxBytes() + (1 << 16));
    }

    private static Map<String, String> outcomesChangelog(TopologySettings settings) {
        return changelog(maxOutcomeBytes(settings));
    }

    private static Map<String, String> changelog(int maxRowBytes) {
        return Map.of(
                "segment.bytes", Integer.toString(CHANGELOG_SEGMENT_BYTES),
                "delete.retention.ms", Long.toString(DELETIONS_KEPT.toMillis()),
                "min.cleanable.dirty.ratio", "0.1",
                "max.compaction.lag.ms", Long.toString(COMPACTED_AFTER.toMillis()),
                "max.message.bytes", Integer.toString(maxRowBytes));
    }
}
