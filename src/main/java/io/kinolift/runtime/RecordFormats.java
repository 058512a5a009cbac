package io.kinolift.runtime;

import io.kinolift.engine.StreamPlans;
import io.kinolift.frame.Rational;
import io.kinolift.registry.SchemaRegistry;
import io.kinolift.settings.GapSettings;
import io.kinolift.settings.InputSettings;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.LimitSettings;
import io.kinolift.settings.OutputSettings;
import io.kinolift.settings.TopicGroups;
import io.kinolift.settings.TopicSettings;
import io.kinolift.topology.InputTopics;
import io.kinolift.wire.ByTopic;
import io.kinolift.wire.input.AvroInput;
import io.kinolift.wire.input.ImageInput;
import io.kinolift.wire.input.InputByTopic;
import io.kinolift.wire.input.InputFormat;
import io.kinolift.wire.input.JsonFields;
import io.kinolift.wire.input.JsonInput;
import io.kinolift.wire.input.StreamNames;
import io.kinolift.wire.input.TextPayload;
import io.kinolift.wire.input.TimeRule;
import io.kinolift.wire.input.TimeUnitName;
import io.kinolift.wire.output.AvroOutput;
import io.kinolift.wire.output.ImageOutput;
import io.kinolift.wire.output.JsonOutput;
import io.kinolift.wire.output.OutputByTopic;
import io.kinolift.wire.output.OutputFormat;
import io.kinolift.wire.output.OutputReader;
import io.kinolift.wire.output.PlainRecords;
import io.kinolift.wire.output.StreamEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** How frames lie in the records of topics, by configuration. */
public final class RecordFormats {
    private static final long MICROS_PER_MILLI = 1000;

    private RecordFormats() {}

    /**
     * The format of input records.
     *
     * @throws org.apache.kafka.common.config.ConfigException for settings that do not go together
     */
    public static InputFormat input(KinoliftConfig config, Optional<SchemaRegistry> registry) {
        boolean withTopic = !TopologyPlan.topics(config).inputs().isOne();
        ByTopic<InputFormat> formats = byTopic(config, own -> inputOfAll(own, registry, withTopic));
        return formats.groups().isEmpty() ? formats.common() : new InputByTopic(formats);
    }

    /** The format of output records. */
    public static OutputFormat output(KinoliftConfig config) {
        ByTopic<OutputFormat> formats = byTopic(config, RecordFormats::outputOfAll);
        return formats.groups().isEmpty() ? formats.common() : new OutputByTopic(formats);
    }

    /** Reads outputs of any format. */
    public static OutputReader reader(KinoliftConfig config) {
        return new OutputReader(fields(config), encoding(config));
    }

    private static <T> ByTopic<T> byTopic(KinoliftConfig config, Function<KinoliftConfig, T> make) {
        InputTopics inputs = TopologyPlan.topics(config).inputs();
        List<ByTopic.Group<T>> groups = new ArrayList<>();
        for (TopicGroups.TopicGroup group : TopicGroups.of(config)) {
            Predicate<String> topics =
                    Pattern.compile(StreamPlans.glob(group.match())).asMatchPredicate();
            if (!inputs.isPattern() && inputs.names().stream().noneMatch(topics)) {
                throw config.refused(
                        TopicSettings.FRAMES_TOPIC, "expected a topic that " + group.match() + " matches, of a group");
            }
            groups.add(new ByTopic.Group<>(topics, make.apply(group.config())));
        }
        return new ByTopic<>(groups, make.apply(config));
    }

    private static InputFormat inputOfAll(KinoliftConfig config, Optional<SchemaRegistry> registry, boolean withTopic) {
        TimeRule time = time(config);
        StreamNames names = new StreamNames(
                config.constant(InputSettings.STREAM, StreamNames.Source.class),
                config.get(InputSettings.STREAM_HEADER).strip(),
                withTopic);
        String endHeader = config.get(InputSettings.END_HEADER).strip();
        return switch (config.get(InputSettings.FORMAT)) {
            case "image" -> new ImageInput(names, time, endHeader);
            case "json" ->
                new JsonInput(
                        names,
                        time,
                        endHeader,
                        fields(config),
                        encoding(config),
                        config.get(LimitSettings.MAX_FRAME_BYTES));
            default -> new AvroInput(registry, withTopic);
        };
    }

    private static OutputFormat outputOfAll(KinoliftConfig config) {
        PlainRecords records = new PlainRecords(
                config.constant(OutputSettings.END, StreamEnd.class),
                config.get(InputSettings.END_HEADER).strip());
        boolean timedByFields = config.get(InputSettings.TIME).equals("auto");
        return switch (config.get(OutputSettings.FORMAT)) {
            case "image" -> new ImageOutput(records);
            case "json" ->
                new JsonOutput(
                        records,
                        fields(config),
                        encoding(config),
                        timedByFields ? config.constant(InputSettings.TIME_UNIT, TimeUnitName.class) : null);
            default -> new AvroOutput();
        };
    }

    private static TimeRule time(KinoliftConfig config) {
        TimeRule.Source source = config.constant(InputSettings.TIME, TimeRule.Source.class);
        Rational rate = InputSettings.framesPerSecond(config);
        if (source == TimeRule.Source.RATE && rate.equals(Rational.ZERO)) {
            throw config.refused(InputSettings.FPS, "expected frames per second with kinolift.input.time=rate");
        }
        return new TimeRule(
                source,
                config.get(InputSettings.TIME_HEADER).strip(),
                config.constant(InputSettings.TIME_UNIT, TimeUnitName.class),
                rate,
                new TimeRule.Limits(
                        config.get(InputSettings.SMOOTHING),
                        config.get(InputSettings.JITTER) * MICROS_PER_MILLI,
                        config.get(GapSettings.TIME_JUMP) * MICROS_PER_MILLI));
    }

    private static TextPayload.Encoding encoding(KinoliftConfig config) {
        return config.constant(InputSettings.JSON_ENCODING, TextPayload.Encoding.class);
    }

    private static JsonFields fields(KinoliftConfig config) {
        if (InputSettings.names(config, InputSettings.JSON_PAYLOAD).isEmpty()) {
            throw config.refused(InputSettings.JSON_PAYLOAD, "expected the name of a field at least");
        }
        return new JsonFields(
                InputSettings.names(config, InputSettings.JSON_PAYLOAD),
                InputSettings.names(config, InputSettings.JSON_STREAM),
                InputSettings.names(config, InputSettings.JSON_TIME),
                InputSettings.names(config, InputSettings.JSON_SEQUENCE),
                InputSettings.names(config, InputSettings.JSON_WIDTH),
                InputSettings.names(config, InputSettings.JSON_HEIGHT),
                InputSettings.names(config, InputSettings.JSON_TYPE),
                InputSettings.names(config, InputSettings.JSON_SHAPE),
                InputSettings.names(config, InputSettings.JSON_END));
    }
}
