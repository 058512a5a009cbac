package io.kinolift.runtime;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Rational;
import io.kinolift.registry.RegistrySettings;
import io.kinolift.registry.SchemaRegistry;
import io.kinolift.topology.FrameLimits;
import io.kinolift.topology.StreamPlan;
import io.kinolift.topology.StreamPlans;
import io.kinolift.topology.TopologySettings;
import io.kinolift.upscale.Interpolation;
import io.kinolift.upscale.Mode;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.Operators;
import io.kinolift.upscale.SpatialTarget;
import io.kinolift.upscale.TemporalGrid;
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
import org.apache.kafka.common.config.ConfigException;

/** From configuration to the plain values that operators and topology are made of. */
public final class Plans {
    private Plans() {}

    /** @throws ConfigException naming the setting, for values that do not go together */
    public static Operator operator(KinoliftConfig config) {
        if (ConvTransposePlan.isWanted(config)) {
            OnnxPlan.requireUnused(config);
            return AdaptivePlan.isWanted(config)
                    ? Operators.adaptive(AdaptivePlan.of(config))
                    : Operators.convTranspose(ConvTransposePlan.of(config));
        }
        ConvTransposePlan.requireUnused(config);
        if (OnnxPlan.isWanted(config)) {
            return Operators.network(OnnxPlan.of(config));
        }
        OnnxPlan.requireUnused(config);
        return Operators.interpolation(interpolation(config));
    }

    /**
     * What is done to which stream. Groups that come to the same share one plan.
     *
     * @throws ConfigException naming group and setting, for values that do not go together
     */
    public static StreamPlans streams(KinoliftConfig config) {
        Map<String, StreamPlan> byFingerprint = new HashMap<>();
        StreamPlan common = plan(config, byFingerprint);
        List<StreamPlans.Group> groups = new ArrayList<>();
        for (StreamGroups.StreamGroup group : StreamGroups.of(config)) {
            try {
                groups.add(StreamPlans.Group.of(group.match(), plan(group.config(), byFingerprint)));
            } catch (ConfigException e) {
                throw new ConfigException("kinolift.streams." + group.name() + ": " + e.getMessage());
            }
        }
        return new StreamPlans(groups, common);
    }

    private static StreamPlan plan(KinoliftConfig config, Map<String, StreamPlan> byFingerprint) {
        Operator operator = operator(config);
        return byFingerprint.computeIfAbsent(
                fingerprint(config), text -> new StreamPlan(operator, sceneCut(config), text));
    }

    /** @param maxRecordBytes the largest record the output topics take */
    public static TopologySettings topology(KinoliftConfig config, int maxRecordBytes) {
        return topology(config, streams(config), maxRecordBytes);
    }

    static TopologySettings topology(KinoliftConfig config, StreamPlans plans, int maxRecordBytes) {
        int threads = config.getInt(KinoliftConfig.THREADS);
        return new TopologySettings(
                topics(config),
                plans,
                windows(config),
                new FrameLimits(
                        config.getLong(KinoliftConfig.MAX_FRAME_PIXELS),
                        config.getLong(KinoliftConfig.MAX_OUTPUT_PIXELS), config.getInt(KinoliftConfig.MAX_FRAME_BYTES),
                        config.getInt(KinoliftConfig.WINDOW_SIZE), config.getLong(KinoliftConfig.NATIVE_MEMORY)),
                codec(config), encoder(config),
                config.getInt(KinoliftConfig.QUALITY_FLOOR), maxRecordBytes,
                Duration.ofMillis(config.getLong(KinoliftConfig.IDLE_TIMEOUT)),
                Duration.ofMillis(config.getLong(KinoliftConfig.STREAM_RETENTION)),
                Duration.ofMillis(config.getLong(KinoliftConfig.WINDOW_TIMEOUT)),
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                config.getInt(KinoliftConfig.MAX_STREAMS),
                config.getLong(KinoliftConfig.PICTURE_CACHE_BYTES), registry(config));
    }

    private static Optional<SchemaRegistry> registry(KinoliftConfig config) {
        String url = config.getString(KinoliftConfig.REGISTRY_URL);
        if (url.isBlank()) {
            return Optional.empty();
        }
        String caFile = config.getString(KinoliftConfig.REGISTRY_CA);
        try {
            return Optional.of(new SchemaRegistry(new RegistrySettings(
                    URI.create(url.strip()), config.getString(KinoliftConfig.REGISTRY_USER),
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
            throw new ConfigException(KinoliftConfig.GAP, config.getString(KinoliftConfig.GAP),
                    "expected split with kinolift.window.edges=independent: a gap between two windows has no sides");
        }
        return new WindowSettings(
                config.getInt(KinoliftConfig.WINDOW_SIZE), edges, config.getInt(KinoliftConfig.REORDER_FRAMES),
                config.getLong(KinoliftConfig.REORDER_BYTES), gap, config.getInt(KinoliftConfig.GAP_FRAMES),
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

    private static Interpolation interpolation(KinoliftConfig config) {
        boolean alignCorners = config.getBoolean(KinoliftConfig.ALIGN_CORNERS);
        Rational[] factors = factors(config.getString(KinoliftConfig.SCALE_FACTOR));
        boolean independent = config.lower(KinoliftConfig.WINDOW_EDGES).equals("independent");
        if (alignCorners && !independent && !factors[0].equals(Rational.ONE)) {
            throw new ConfigException(KinoliftConfig.ALIGN_CORNERS, true,
                    "expected kinolift.window.edges=independent or a temporal factor of 1: where corners lie in time "
                            + "is known only when a window is a tensor of its own");
        }
        try {
            return new Interpolation(
                    Mode.valueOf(constant(config, KinoliftConfig.OPERATOR)), factors[0],
                    spatial(config.getString(KinoliftConfig.SIZE), factors), alignCorners,
                    TemporalGrid.valueOf(constant(config, KinoliftConfig.TEMPORAL_GRID)));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private static SpatialTarget spatial(String size, Rational[] factors) {
        if (size.isBlank()) {
            return new SpatialTarget.Factors(factors[1], factors[2]);
        }
        String[] sides = size.strip().split("x", -1);
        try {
            if (sides.length == 2) {
                return new SpatialTarget.Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
            }
        } catch (NumberFormatException e) {
            // Said below, as for every other form that is wrong.
        }
        throw new ConfigException(KinoliftConfig.SIZE, size, "expected WIDTHxHEIGHT, such as 3840x2160");
    }

    /** Time, height, width; one number stands for all three. */
    static Rational[] factors(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 1 && parts.length != 3) {
            throw new ConfigException(
                    KinoliftConfig.SCALE_FACTOR, text, "expected one factor or three as time,height,width");
        }
        Rational[] factors = new Rational[3];
        for (int axis = 0; axis < 3; axis++) {
            try {
                factors[axis] = Rational.parse(parts[parts.length == 1 ? 0 : axis]);
            } catch (IllegalArgumentException e) {
                throw new ConfigException(KinoliftConfig.SCALE_FACTOR, text, e.getMessage());
            }
        }
        return factors;
    }

    /** Everything that shapes output pictures or their times; codec and quality change no picture before encoding. */
    private static String fingerprint(KinoliftConfig config) {
        return String.join(" ", operatorFingerprint(config), config.lower(KinoliftConfig.WINDOW_EDGES),
                config.lower(KinoliftConfig.GAP), config.getInt(KinoliftConfig.GAP_FRAMES).toString(),
                Double.toString(sceneCut(config)));
    }

    private static String operatorFingerprint(KinoliftConfig config) {
        if (ConvTransposePlan.isWanted(config)) {
            return AdaptivePlan.isWanted(config)
                    ? AdaptivePlan.fingerprint(AdaptivePlan.of(config))
                    : ConvTransposePlan.fingerprint(ConvTransposePlan.of(config));
        }
        if (OnnxPlan.isWanted(config)) {
            return OnnxPlan.fingerprint(config);
        }
        return String.join(" ", config.lower(KinoliftConfig.OPERATOR), config.getString(KinoliftConfig.SCALE_FACTOR),
                config.getString(KinoliftConfig.SIZE), config.getBoolean(KinoliftConfig.ALIGN_CORNERS).toString(),
                config.lower(KinoliftConfig.TEMPORAL_GRID));
    }

    private static String constant(KinoliftConfig config, String name) {
        return config.getString(name).toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
