package io.kinolift.runtime;

import io.kinolift.engine.EngineSettings;
import io.kinolift.engine.FrameLimits;
import io.kinolift.engine.StreamPlan;
import io.kinolift.engine.StreamPlans;
import io.kinolift.registry.RegistrySettings;
import io.kinolift.registry.SchemaRegistry;
import io.kinolift.settings.GapSettings;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.LimitSettings;
import io.kinolift.settings.ParallelismSettings;
import io.kinolift.settings.Plans;
import io.kinolift.settings.SchemaRegistrySettings;
import io.kinolift.settings.TopicSettings;
import io.kinolift.settings.WindowingSettings;
import io.kinolift.topology.Spread;
import io.kinolift.topology.TopologySettings;
import io.kinolift.window.GapPolicy;
import io.kinolift.window.GroupLimits;
import io.kinolift.window.WindowEdges;
import io.kinolift.window.WindowSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** From configuration to the plain values that the topology is made of. */
public final class TopologyPlan {
    /** The id of an application that is given none. */
    public static final String APPLICATION = "kinolift";

    private TopologyPlan() {}

    /**
     * The topology's settings for a configuration.
     *
     * @param maxRecordBytes the largest record the output topics take
     */
    public static TopologySettings of(KinoliftConfig config, int maxRecordBytes) {
        return of(config, Plans.streams(config), APPLICATION, maxRecordBytes);
    }

    /**
     * The same for plans made beforehand.
     *
     * @param application id of the application
     */
    public static TopologySettings of(
            KinoliftConfig config, StreamPlans plans, String application, int maxRecordBytes) {
        Optional<SchemaRegistry> registry = registry(config);
        return new TopologySettings(
                topics(config),
                engine(config, plans),
                windows(config),
                maxRecordBytes,
                Duration.ofMillis(config.get(WindowingSettings.IDLE_TIMEOUT)),
                Duration.ofMillis(config.get(WindowingSettings.STREAM_END_TIMEOUT)),
                Duration.ofMillis(config.get(WindowingSettings.STREAM_RETENTION)),
                new TopologySettings.StreamLimits(
                        config.get(LimitSettings.MAX_STREAMS), config.get(LimitSettings.MAX_REMEMBERED_STREAMS)),
                RecordFormats.input(config, registry),
                RecordFormats.output(config),
                spread(config, plans, application),
                registry);
    }

    private static Optional<Spread> spread(KinoliftConfig config, StreamPlans plans, String application) {
        if (!ParallelismSettings.byWindow(config)) {
            return Optional.empty();
        }
        for (StreamPlan plan : plans.all()) {
            if (plan.encoding().group() != null) {
                throw config.refused(
                        ParallelismSettings.PARALLELISM,
                        "expected stream where kinolift.frame.codec encodes outputs in groups: each of them needs those"
                                + " before it");
            }
            if (plan.levels().isLive()) {
                throw config.refused(
                        ParallelismSettings.PARALLELISM,
                        "expected stream with kinolift.latency.budget.ms: the instance that cuts a window does not see"
                                + " how late its outputs are");
            }
        }
        Spread spread = Spread.of(
                application,
                config.get(ParallelismSettings.LANES),
                config.get(ParallelismSettings.WINDOWS_AHEAD),
                config.get(ParallelismSettings.WINDOW_BYTES));
        // Before anything looks at the partitions of inputs.
        spread.topics().stream()
                .filter(topics(config).inputs()::matches)
                .findFirst()
                .ifPresent(between -> {
                    throw config.refused(
                            TopicSettings.FRAMES_TOPIC,
                            "expected input topics other than " + between + ", which is between the instances");
                });
        return Optional.of(spread);
    }

    private static EngineSettings engine(KinoliftConfig config, StreamPlans plans) {
        int threads = config.get(LimitSettings.THREADS);
        return new EngineSettings(
                plans,
                new FrameLimits(
                        config.get(LimitSettings.MAX_FRAME_PIXELS),
                        config.get(LimitSettings.MAX_OUTPUT_PIXELS),
                        config.get(LimitSettings.MAX_FRAME_BYTES),
                        config.get(WindowingSettings.WINDOW_SIZE),
                        config.get(LimitSettings.NATIVE_MEMORY),
                        Runtime.getRuntime().maxMemory() / 2),
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                Duration.ofMillis(config.get(WindowingSettings.WINDOW_TIMEOUT)),
                config.get(LimitSettings.PICTURE_CACHE_BYTES),
                config.get(LimitSettings.DECODER_CACHE_BYTES),
                config.get(LimitSettings.ENCODER_CACHE_BYTES));
    }

    /** The schema registry that is configured; empty for none. */
    public static Optional<SchemaRegistry> registry(KinoliftConfig config) {
        String url = config.get(SchemaRegistrySettings.REGISTRY_URL);
        if (url.isBlank()) {
            return Optional.empty();
        }
        String caFile = config.get(SchemaRegistrySettings.REGISTRY_CA);
        try {
            return Optional.of(new SchemaRegistry(new RegistrySettings(
                    URI.create(url.strip()),
                    config.get(SchemaRegistrySettings.REGISTRY_USER),
                    config.get(SchemaRegistrySettings.REGISTRY_PASSWORD).value(),
                    caFile.isBlank() ? null : Path.of(caFile),
                    Duration.ofMillis(config.get(SchemaRegistrySettings.REGISTRY_TIMEOUT)))));
        } catch (IllegalArgumentException e) {
            throw config.refused(SchemaRegistrySettings.REGISTRY_URL, e.getMessage());
        }
    }

    private static WindowSettings windows(KinoliftConfig config) {
        WindowEdges edges = config.constant(WindowingSettings.WINDOW_EDGES, WindowEdges.class);
        GapPolicy gap = config.constant(GapSettings.GAP, GapPolicy.class);
        if (gap != GapPolicy.SPLIT && edges == WindowEdges.INDEPENDENT) {
            throw config.refused(
                    GapSettings.GAP,
                    "expected split with kinolift.window.edges=independent: a gap between two windows has no sides");
        }
        return new WindowSettings(
                config.get(WindowingSettings.WINDOW_SIZE),
                edges,
                config.get(GapSettings.REORDER_FRAMES),
                config.get(GapSettings.REORDER_BYTES),
                gap,
                config.get(GapSettings.GAP_FRAMES),
                config.get(LimitSettings.MAX_FRAME_BYTES),
                Duration.ofMillis(config.get(GapSettings.TIME_JUMP)),
                new GroupLimits(config.get(LimitSettings.GROUP_FRAMES), config.get(LimitSettings.GROUP_BYTES)));
    }

    public static TopologySettings.TopicNames topics(KinoliftConfig config) {
        TopologySettings.TopicNames topics = new TopologySettings.TopicNames(
                config.get(TopicSettings.FRAMES_TOPIC), config.get(TopicSettings.UPSCALED_TOPIC),
                config.get(TopicSettings.DEAD_LETTERS_TOPIC), config.get(TopicSettings.ACCOUNTS_TOPIC));
        topics.written().stream().filter(topics.inputs()::matches).findFirst().ifPresent(written -> {
            throw config.refused(
                    TopicSettings.FRAMES_TOPIC, "expected input topics other than " + written + ", which is written");
        });
        String audio = config.get(TopicSettings.AUDIO_TOPIC);
        if (topics.inputs().matches(audio)) {
            throw config.refused(
                    TopicSettings.FRAMES_TOPIC, "expected input topics other than " + audio + ", which holds sound");
        }
        return topics;
    }
}
