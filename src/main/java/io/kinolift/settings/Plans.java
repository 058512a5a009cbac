package io.kinolift.settings;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.engine.FrameEncoding;
import io.kinolift.engine.Levels;
import io.kinolift.engine.StreamPlan;
import io.kinolift.engine.StreamPlans;
import io.kinolift.frame.Codec;
import io.kinolift.upscale.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigException;

/** From configuration to the plain values that operators and streams are made of. */
public final class Plans {
    private Plans() {}

    /**
     * The operator that a configuration names.
     *
     * @throws ConfigException naming the setting, for values that do not go together
     */
    public static Operator operator(KinoliftConfig config) {
        return OperatorKinds.plan(config).make();
    }

    /**
     * The plan of each stream. Groups that lead to the same pictures share one operator.
     *
     * @throws ConfigException naming group and setting, for values that do not go together
     */
    public static StreamPlans streams(KinoliftConfig config) {
        return streams(config, _ -> {});
    }

    /**
     * The plans of all groups of streams.
     *
     * @param warnings receives warnings of faults that will show on every picture, with the name of the group
     */
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

    /** @param operators made so far, by fingerprint and by what they say when they refuse a format */
    private static StreamPlan plan(KinoliftConfig config, Map<String, Operator> operators, Consumer<String> warnings) {
        OperatorPlan plan = OperatorKinds.plan(config);
        String refusing = Presets.source(config).orElse("");
        Operator operator = operators.computeIfAbsent(plan.fingerprint().text() + refusing, _ -> {
            plan.warning().ifPresent(warnings);
            return plan.make();
        });
        FrameEncoding encoding = new FrameEncoding(
                OutputSettings.codecs(config),
                encoder(config),
                config.get(OutputSettings.QUALITY_FLOOR),
                OutputSettings.group(config, operator.timeGrid().factor()));
        Levels levels = LowerLevels.of(config, operator);
        return new StreamPlan(
                operator,
                sceneCut(config),
                encoding,
                fingerprint(config, plan).text() + ofGroups(encoding, levels),
                config.get(OperatorKinds.OPERATOR) + " × " + plan.factors() + ", "
                        + config.get(OutputSettings.FRAME_CODEC) + budget(levels),
                levels);
    }

    /** What an open group of outputs depends on besides: how it is encoded, and what the levels of its outputs mean. */
    private static String ofGroups(FrameEncoding encoding, Levels levels) {
        String meaning = levels.isLive() ? " levels " + levels.numbers() : "";
        return encoding.group() == null ? "" : " " + encoding.fingerprint() + meaning;
    }

    private static String budget(Levels levels) {
        return levels.isLive() ? ", latency budget " + levels.budgetMillis() + " ms" : "";
    }

    /** Codec and quality of frames that are encoded alone are no part of it: they change no picture before encoding. */
    static Fingerprint fingerprint(KinoliftConfig config, OperatorPlan operator) {
        Fingerprint common = operator.fingerprint()
                .values(config, WindowingSettings.WINDOW_EDGES, GapSettings.GAP, GapSettings.GAP_FRAMES)
                .resolved(Double.toString(sceneCut(config)), GapSettings.SCENE_CUT)
                .complete(config, KinoliftConfig.SETTINGS);
        return TopicGroups.shapes(config).stream().reduce(common, Fingerprint::resolved, (_, whole) -> whole);
    }

    /** A tensor whose corners are aligned in time cannot be parted: where its outputs lie depends on its length. */
    private static double sceneCut(KinoliftConfig config) {
        boolean aligned = config.get(InterpolationKind.ALIGN_CORNERS);
        boolean tensors = config.get(WindowingSettings.WINDOW_EDGES).equals("independent");
        return aligned && tensors ? Double.POSITIVE_INFINITY : GapSettings.sceneCut(config);
    }

    public static EncoderSettings encoder(KinoliftConfig config) {
        return new EncoderSettings(config.get(OutputSettings.QUALITY), config.get(OutputSettings.REPRODUCIBLE));
    }

    /**
     * The one codec that is configured.
     *
     * @throws ConfigException if it depends on the input
     */
    public static Codec codec(KinoliftConfig config) {
        if (config.get(OutputSettings.FRAME_CODEC).equals(OutputSettings.AUTO)) {
            throw config.refused(OutputSettings.FRAME_CODEC, "expected one codec here, not auto");
        }
        return config.constant(OutputSettings.FRAME_CODEC, Codec.class);
    }

    /**
     * The one codec that is configured, for frames that are each encoded alone.
     *
     * @throws ConfigException if it depends on the input, or if its frames refer to each other
     */
    public static Codec codecAlone(KinoliftConfig config) {
        Codec codec = codec(config);
        if (codec.isInterCoded()) {
            throw config.refused(
                    OutputSettings.FRAME_CODEC,
                    "expected a codec here whose frames decode alone: only the outputs of run are encoded as " + codec
                            + ", and ingest --frame-codec copy sends it as it is in the source");
        }
        return codec;
    }
}
