package io.kinolift.settings;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.engine.EngineSettings;
import io.kinolift.engine.FrameEncoding;
import io.kinolift.engine.FrameLimits;
import io.kinolift.engine.StreamPlan;
import io.kinolift.engine.StreamPlans;
import io.kinolift.frame.Codec;
import io.kinolift.registry.RegistrySettings;
import io.kinolift.registry.SchemaRegistry;
import io.kinolift.topology.TopologySettings;
import io.kinolift.upscale.Operator;
import io.kinolift.window.GapPolicy;
import io.kinolift.window.WindowEdges;
import io.kinolift.window.WindowSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigException;

/** From configuration to the plain values that operators and topology are made of. */
public final class Plans {
    private Plans() {}

    /** @throws ConfigException naming the setting, for values that do not go together */
    public static Operator operator(KinoliftConfig config) {
        return OperatorPlan.of(config).make();
    }

    /**
     * What is done to which stream. Groups that come to the same pictures share one operator.
     *
     * @throws ConfigException naming group and setting, for values that do not go together
     */
    public static StreamPlans streams(KinoliftConfig config) {
        return streams(config, _ -> {});
    }

    /** @param warnings hears of what will show on every picture, with the group that it is of */
    public static StreamPlans streams(KinoliftConfig config, Consumer<String> warnings) {
        Map<String, Operator> operators = new HashMap<>();
        StreamPlan common = plan(config, operators, warnings);
        List<StreamPlans.Group> groups = new ArrayList<>();
        for (StreamGroups.StreamGroup group : StreamGroups.of(config)) {
            try {
                groups.add(StreamPlans.Group.of(
                        group.match(),
                        plan(group.config(), operators, warning -> warnings.accept(group.prefix() + ": " + warning))));
            } catch (ConfigException e) {
                throw new ConfigException(group.prefix() + ": " + e.getMessage());
            }
        }
        return new StreamPlans(groups, common);
    }

    /** @param operators made so far, by fingerprint */
    private static StreamPlan plan(KinoliftConfig config, Map<String, Operator> operators, Consumer<String> warnings) {
        OperatorPlan plan = OperatorPlan.of(config);
        Operator operator = operators.computeIfAbsent(plan.fingerprint(), _ -> {
            plan.warning().ifPresent(warnings);
            return plan.make();
        });
        FrameEncoding encoding =
                new FrameEncoding(codec(config), encoder(config), config.getInt(KinoliftConfig.QUALITY_FLOOR));
        return new StreamPlan(
                operator,
                sceneCut(config),
                encoding,
                fingerprint(config, plan),
                plan.summary() + ", " + config.lower(KinoliftConfig.FRAME_CODEC));
    }

    /** @param maxRecordBytes the largest record the output topics take */
    public static TopologySettings topology(KinoliftConfig config, int maxRecordBytes) {
        return topology(config, streams(config), maxRecordBytes);
    }

    public static TopologySettings topology(KinoliftConfig config, StreamPlans plans, int maxRecordBytes) {
        return new TopologySettings(
                topics(config),
                engine(config, plans),
                windows(config),
                maxRecordBytes,
                Duration.ofMillis(config.getLong(KinoliftConfig.IDLE_TIMEOUT)),
                Duration.ofMillis(config.getLong(KinoliftConfig.STREAM_END_TIMEOUT)),
                Duration.ofMillis(config.getLong(KinoliftConfig.STREAM_RETENTION)),
                config.getInt(KinoliftConfig.MAX_STREAMS),
                registry(config));
    }

    private static EngineSettings engine(KinoliftConfig config, StreamPlans plans) {
        int threads = config.getInt(KinoliftConfig.THREADS);
        return new EngineSettings(
                plans,
                new FrameLimits(
                        config.getLong(KinoliftConfig.MAX_FRAME_PIXELS),
                        config.getLong(KinoliftConfig.MAX_OUTPUT_PIXELS),
                        config.getInt(KinoliftConfig.MAX_FRAME_BYTES),
                        config.getInt(KinoliftConfig.WINDOW_SIZE),
                        config.getLong(KinoliftConfig.NATIVE_MEMORY)),
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                Duration.ofMillis(config.getLong(KinoliftConfig.WINDOW_TIMEOUT)),
                config.getLong(KinoliftConfig.PICTURE_CACHE_BYTES));
    }

    private static Optional<SchemaRegistry> registry(KinoliftConfig config) {
        String url = config.getString(KinoliftConfig.REGISTRY_URL);
        if (url.isBlank()) {
            return Optional.empty();
        }
        String caFile = config.getString(KinoliftConfig.REGISTRY_CA);
        try {
            return Optional.of(new SchemaRegistry(new RegistrySettings(
                    URI.create(url.strip()),
                    config.getString(KinoliftConfig.REGISTRY_USER),
                    config.getPassword(KinoliftConfig.REGISTRY_PASSWORD).value(),
                    caFile.isBlank() ? null : Path.of(caFile),
                    Duration.ofMillis(config.getLong(KinoliftConfig.REGISTRY_TIMEOUT)))));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(KinoliftConfig.REGISTRY_URL, url, e.getMessage());
        }
    }

    private static WindowSettings windows(KinoliftConfig config) {
        WindowEdges edges = WindowEdges.valueOf(constant(config, KinoliftConfig.WINDOW_EDGES));
        GapPolicy gap = GapPolicy.valueOf(constant(config, KinoliftConfig.GAP));
        if (gap != GapPolicy.SPLIT && edges == WindowEdges.INDEPENDENT) {
            throw new ConfigException(
                    KinoliftConfig.GAP,
                    config.getString(KinoliftConfig.GAP),
                    "expected split with kinolift.window.edges=independent: a gap between two windows has no sides");
        }
        return new WindowSettings(
                config.getInt(KinoliftConfig.WINDOW_SIZE),
                edges,
                config.getInt(KinoliftConfig.REORDER_FRAMES),
                config.getLong(KinoliftConfig.REORDER_BYTES),
                gap,
                config.getInt(KinoliftConfig.GAP_FRAMES),
                config.getInt(KinoliftConfig.MAX_FRAME_BYTES));
    }

    /** A tensor whose corners are aligned in time cannot be parted: where its outputs lie depends on its length. */
    private static double sceneCut(KinoliftConfig config) {
        boolean aligned = config.getBoolean(KinoliftConfig.ALIGN_CORNERS);
        boolean tensors = config.lower(KinoliftConfig.WINDOW_EDGES).equals("independent");
        return aligned && tensors ? Double.POSITIVE_INFINITY : config.sceneCut();
    }

    public static TopologySettings.TopicNames topics(KinoliftConfig config) {
        return new TopologySettings.TopicNames(
                config.getString(KinoliftConfig.FRAMES_TOPIC), config.getString(KinoliftConfig.UPSCALED_TOPIC),
                config.getString(KinoliftConfig.DEAD_LETTERS_TOPIC), config.getString(KinoliftConfig.ACCOUNTS_TOPIC));
    }

    public static EncoderSettings encoder(KinoliftConfig config) {
        return new EncoderSettings(
                config.getInt(KinoliftConfig.QUALITY), config.getBoolean(KinoliftConfig.REPRODUCIBLE));
    }

    public static Codec codec(KinoliftConfig config) {
        return Codec.valueOf(constant(config, KinoliftConfig.FRAME_CODEC));
    }

    /** Everything that shapes output pictures or their times; codec and quality change no picture before encoding. */
    private static String fingerprint(KinoliftConfig config, OperatorPlan operator) {
        return String.join(
                " ",
                operator.fingerprint(),
                config.lower(KinoliftConfig.WINDOW_EDGES),
                config.lower(KinoliftConfig.GAP),
                config.getInt(KinoliftConfig.GAP_FRAMES).toString(),
                Double.toString(sceneCut(config)));
    }

    static String constant(KinoliftConfig config, String name) {
        return config.getString(name).toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
