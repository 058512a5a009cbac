package io.kinolift.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/** The operators that there are, and what follows from their declarations. */
public final class OperatorKinds {
    /** The one place that knows them all; the first name of the first one is the default. */
    private static final List<OperatorKind> ALL =
            List.of(new InterpolationKind(), new ConvTransposeKind(), new OnnxKind());

    private static final List<String> NAMES =
            ALL.stream().flatMap(kind -> kind.names().stream()).toList();
    private static final SettingList OWN = SettingList.ofOperator();

    public static final Setting<String> OPERATOR = OWN.declare(Setting.ofString("kinolift.operator", NAMES.getFirst())
            .choices(NAMES.toArray(String[]::new))
            .importance(HIGH)
            .text("How windows become output frames. trilinear and nearest interpolate in time and "
                    + "space. bilinear and bicubic are spatial filters, with linear blending in time. "
                    + "conv-transpose3d is a transposed convolution with any kernel. onnx is a network from "
                    + "a file.")
            .option("NAME", "one of " + String.join(", ", NAMES) + " (default " + NAMES.getFirst() + ")", "--mode"));

    private OperatorKinds() {}

    /** Every setting of every kind, once. */
    static Set<Setting<?>> settings() {
        Set<Setting<?>> settings = new LinkedHashSet<>();
        Stream.concat(Stream.of(OWN), ALL.stream().map(OperatorKind::settings))
                .forEach(list -> list.forEach(settings::add));
        return settings;
    }

    static Stream<OperatorKind> stream() {
        return ALL.stream();
    }

    static Optional<OperatorKind> find(String name) {
        return ALL.stream()
                .filter(kind -> kind.names().contains(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /**
     * The plan of the configured operator.
     *
     * @throws ConfigException naming the setting, for values that do not go together or a file that cannot be used
     */
    static OperatorPlan plan(KinoliftConfig config) {
        Optional<String> preset = Presets.source(config);
        try {
            OperatorPlan plan = ofKind(config);
            return preset.map(plan::from).orElse(plan);
        } catch (ConfigException e) {
            throw preset.map(source -> new ConfigException(e.getMessage() + source))
                    .orElse(e);
        }
    }

    private static OperatorPlan ofKind(KinoliftConfig config) {
        OperatorKind kind = find(config.get(OPERATOR)).orElseThrow();
        for (Setting<?> setting : settings()) {
            if (!takes(kind, setting) && config.isAskedFor(setting)) {
                throw config.refused(setting, unexpected(kind, setting, config.get(OPERATOR)));
            }
        }
        OperatorPlan plan = kind.plan(config);
        return plan.with(plan.fingerprint().complete(config, kind.settings()));
    }

    /** Whether a setting, of an operator or not, has a meaning with operators of this kind. */
    static boolean takes(OperatorKind kind, Setting<?> setting) {
        return kind.settings().contains(setting)
                || OWN.contains(setting)
                || !settings().contains(setting);
    }

    private static String unexpected(OperatorKind kind, Setting<?> setting, String operator) {
        if (!kind.insteadOf(setting).isEmpty()) {
            return "expected none with " + OPERATOR + "=" + operator + ": " + kind.insteadOf(setting);
        }
        List<String> takers = ALL.stream()
                .filter(other -> other.settings().contains(setting))
                .flatMap(other -> other.names().stream())
                .toList();
        String others = String.join(", ", takers.subList(0, takers.size() - 1));
        return "expected " + OPERATOR + "=" + (others.isEmpty() ? "" : others + " or ") + takers.getLast()
                + " with it, found " + operator;
    }
}
