package io.kinolift.topology;

import io.kinolift.avro.Account;
import io.kinolift.avro.DeadLetter;
import io.kinolift.avro.VideoFrame;
import io.kinolift.engine.DecodeGuard;
import io.kinolift.trace.Stages;
import io.kinolift.wire.Wire;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The whole stream application: {@code frames -> assemble-windows -> upscale -> account -> upscaled, dead-letters,
 * accounts}. Takes plain values, so that it can be built in a unit test.
 */
public final class UpscaleTopology implements Supplier<Topology> {
    static final String UPSCALED_SINK = "upscaled";
    static final String DEAD_LETTERS_SINK = "dead-letters";
    static final String ACCOUNTS_SINK = "accounts-topic";
    private static final String SOURCE = "frames";
    private static final String ASSEMBLE = "assemble-windows";
    private static final String UPSCALE = "upscale";
    private static final String ACCOUNT = "account";

    private final TopologySettings settings;
    private final Stages stages;
    private final DecodeGuard guard;

    /** @param stages where the time spent is added up */
    public UpscaleTopology(TopologySettings settings, Stages stages) {
        this(settings, stages, DecodeGuard.NONE);
    }

    /** @param guard stands around each decoding */
    public UpscaleTopology(TopologySettings settings, Stages stages, DecodeGuard guard) {
        this.settings = settings;
        this.stages = stages;
        this.guard = guard;
    }

    /** @throws io.kinolift.registry.RegistryException if there is a registry and it is away, or refuses a schema */
    @Override
    public Topology get() {
        TopologySettings.TopicNames topics = settings.topics();
        Topology topology = new Topology();
        topology.addSource(SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics.frames());
        topology.addProcessor(ASSEMBLE, () -> new AssembleWindows(settings, stages), SOURCE);
        topology.addProcessor(UPSCALE, () -> new Upscale(settings, stages, guard), ASSEMBLE);
        topology.addProcessor(ACCOUNT, () -> new AccountFrames(settings, stages), UPSCALE);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(AssembleWindows.STORE),
                                Serdes.Bytes(),
                                Serdes.ByteArray())
                        .withCachingEnabled()
                        .withLoggingEnabled(changelog()),
                ASSEMBLE);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(AccountFrames.STORE),
                                Serdes.String(),
                                Serdes.ByteArray())
                        .withCachingEnabled()
                        .withLoggingEnabled(Map.of()),
                ACCOUNT);
        addSink(topology, UPSCALED_SINK, topics.upscaled(), VideoFrame.getClassSchema());
        addSink(topology, DEAD_LETTERS_SINK, topics.deadLetters(), DeadLetter.getClassSchema());
        addSink(topology, ACCOUNTS_SINK, topics.accounts(), Account.getClassSchema());
        return topology;
    }

    private void addSink(Topology topology, String name, String topic, Schema schema) {
        topology.addSink(name, topic, new ByteArraySerializer(), serializer(topic, schema), ACCOUNT);
    }

    /** With a registry, records get its layout on their way out; inside they are all alike. */
    private Serializer<byte[]> serializer(String topic, Schema schema) {
        if (settings.registry().isEmpty()) {
            return new ByteArraySerializer();
        }
        int id = settings.registry().get().register(topic, schema);
        return (_, record) -> Wire.withSchemaId(record, id);
    }

    /** Frames come and go within seconds: without these, a restart would read back everything that ever passed. */
    private Map<String, String> changelog() {
        return Map.of(
                "segment.bytes", Integer.toString(64 << 20),
                "delete.retention.ms", "60000",
                "min.cleanable.dirty.ratio", "0.1",
                "max.compaction.lag.ms", "60000",
                "max.message.bytes", Integer.toString(settings.limits().maxBytes() + (1 << 16)));
    }
}
