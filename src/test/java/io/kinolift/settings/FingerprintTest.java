package io.kinolift.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.onnx.TestModels;
import io.kinolift.settings.Setting.Trait;
import io.kinolift.tensor.Tensor;
import io.kinolift.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A setting shapes output if, and only if, another value changes the fingerprint. */
class FingerprintTest {
    private static final String OPERATOR = OperatorKinds.OPERATOR.name();

    @TempDir
    private static Path folder;

    private static String layers;
    private static String network;
    private static String colourNetwork;

    /** @param context settings without which the value would be refused, or be the same as another */
    private record Change(Map<String, String> context, String value) {}

    @BeforeAll
    static void writeFiles() throws IOException {
        Tensor ones = Tensor.zeros(1, 1, 4, 4, 4);
        ones.data()[0] = 1;
        Map<String, Tensor> tensors = Map.of("up.weight", ones, "down.weight", Tensor.zeros(1, 1, 4, 4, 4));
        layers = folder.resolve("layers").toString();
        SafetensorsWriter.write(Path.of(layers), tensors, Map.of());
        network = write("network", TestModels.convTranspose3d(1));
        colourNetwork = write("colour", TestModels.upConvolution());
    }

    private static String write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toString();
    }

    private static Change to(String value, String... context) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < context.length; i += 2) {
            settings.put(context[i], context[i + 1]);
        }
        return new Change(settings, value);
    }

    private static String fingerprint(Map<String, String> settings) {
        KinoliftConfig config = new KinoliftConfig(settings);
        return Plans.fingerprint(config, OperatorKinds.plan(config)).text();
    }

    private static Map<String, String> usual(OperatorKind kind) {
        Map<String, String> settings =
                new HashMap<>(Map.of(OPERATOR, kind.names().getFirst()));
        if (kind instanceof OnnxKind) {
            settings.put(OnnxKind.MODEL.name(), network);
        }
        return settings;
    }

    /** Another value for each setting that shapes output. */
    private static Change change(OperatorKind kind, Setting<?> setting) {
        Change change = Map.ofEntries(
                        Map.entry("kinolift.scale.factor", to("1,2,2")),
                        Map.entry("kinolift.size", to("64x48")),
                        Map.entry("kinolift.align.corners", to("true", "kinolift.window.edges", "independent")),
                        Map.entry("kinolift.temporal.grid", to("source")),
                        Map.entry(
                                "kinolift.motion",
                                kind instanceof OnnxKind ? to("on", "kinolift.model", colourNetwork) : to("on")),
                        Map.entry(
                                "kinolift.motion.range",
                                kind instanceof OnnxKind
                                        ? to("64", "kinolift.motion", "on", "kinolift.model", colourNetwork)
                                        : to("64", "kinolift.motion", "on")),
                        Map.entry(
                                "kinolift.cadence",
                                kind instanceof OnnxKind ? to("on", "kinolift.model", colourNetwork) : to("on")),
                        Map.entry("kinolift.weights", to("trilinear")),
                        Map.entry(
                                "kinolift.weights.prefix",
                                to("down", "kinolift.weights", layers, "kinolift.weights.prefix", "up")),
                        Map.entry("kinolift.stride", to("3,3,3", "kinolift.weights", "trilinear")),
                        Map.entry("kinolift.padding", to("1,4,4")),
                        Map.entry("kinolift.output.padding", to("0,1,1")),
                        Map.entry("kinolift.dilation", to("1,2,2")),
                        Map.entry("kinolift.groups", to("3", "kinolift.channels", "rgb")),
                        Map.entry("kinolift.border", to("zeros")),
                        Map.entry("kinolift.overshoot", to("0.5")),
                        Map.entry("kinolift.channels", to("planes")),
                        Map.entry("kinolift.model", to(colourNetwork)),
                        Map.entry("kinolift.model.halo", to("2,9,9")),
                        Map.entry("kinolift.model.multiple", to("2")),
                        Map.entry("kinolift.model.range", to("255")),
                        Map.entry("kinolift.model.order", to("rgb", "kinolift.model", colourNetwork)),
                        Map.entry("kinolift.model.tile", to("64")),
                        Map.entry("kinolift.input.time", to("record")),
                        Map.entry("kinolift.input.time.header", to("time")),
                        Map.entry("kinolift.input.time.unit", to("millis")),
                        Map.entry("kinolift.input.fps", to("25")),
                        Map.entry("kinolift.input.smoothing", to("false")),
                        Map.entry("kinolift.input.jitter.ms", to("500")),
                        Map.entry("kinolift.window.edges", to("independent")),
                        Map.entry("kinolift.gap", to("hold")),
                        Map.entry("kinolift.gap.frames", to("7")),
                        Map.entry("kinolift.scene.cut", to("off")))
                .get(setting.name());
        assertThat(change)
                .as("another value to try for %s of %s", setting, kind.names())
                .isNotNull();
        return change;
    }

    @Test
    void everySettingThatShapesOutput_isInIt() {
        OperatorKinds.stream()
                .forEach(kind -> KinoliftConfig.SETTINGS.stream()
                        .filter(setting -> setting.has(Trait.SHAPES_OUTPUT) && OperatorKinds.takes(kind, setting))
                        .filter(setting -> setting != OperatorKinds.OPERATOR)
                        // A network has one factor, so that no other can be given.
                        .filter(setting -> !(kind instanceof OnnxKind && setting == OperatorSettings.SCALE_FACTOR))
                        .forEach(setting -> assertShapes(kind, setting)));
    }

    private static void assertShapes(OperatorKind kind, Setting<?> setting) {
        Change change = change(kind, setting);
        Map<String, String> settings = usual(kind);
        settings.putAll(change.context());
        String before = fingerprint(settings);
        settings.put(setting.name(), change.value());
        assertThat(fingerprint(settings)).as("%s of %s", setting, kind.names()).isNotEqualTo(before);
    }

    @Test
    void everyOperator_isInIt() {
        assertThat(OperatorKinds.stream()
                        .flatMap(kind -> kind.names().stream().map(name -> {
                            Map<String, String> settings = usual(kind);
                            settings.put(OPERATOR, name);
                            return fingerprint(settings);
                        })))
                .doesNotHaveDuplicates();
    }

    @Test
    void noOtherSetting_isInIt() {
        OperatorKinds.stream().forEach(kind -> {
            String before = fingerprint(usual(kind));
            for (Setting<?> setting : KinoliftConfig.SETTINGS) {
                // The settings that a preset or a group of topics stands for are in it.
                if (!setting.has(Trait.SHAPES_OUTPUT) && setting != Presets.PRESET && setting != TopicGroups.TOPICS) {
                    Map<String, String> settings = usual(kind);
                    settings.put(setting.name(), otherThanUsual(setting));
                    assertThat(fingerprint(settings)).as("%s", setting).isEqualTo(before);
                }
            }
        });
    }

    private static String otherThanUsual(Setting<?> setting) {
        if (!setting.choices().isEmpty()) {
            return setting.choices().getLast();
        }
        return switch (setting.usual()) {
            case Integer number -> Integer.toString(number + 1);
            case Long number -> Long.toString(number + 1);
            case Double number -> Double.toString(number / 2);
            case Boolean value -> Boolean.toString(!value);
            case String text -> text + "other";
            case Password _ -> "other";
            default -> throw new AssertionError("expected another value of " + setting.usual());
        };
    }

    /** Whatever a kind of operator does not resolve is added, so that it cannot forget one of its settings. */
    @Test
    void aForgottenSetting_isAddedWhereItHasAnotherValueThanUsual() {
        KinoliftConfig config =
                new KinoliftConfig(Map.of("kinolift.scale.factor", "1,2,2", "kinolift.temporal.grid", "Half-Pixel"));
        List<Setting<?>> settings = List.of(OperatorSettings.SCALE_FACTOR, OperatorSettings.TEMPORAL_GRID);
        assertThat(Fingerprint.of(config).complete(config, settings).text())
                .isEqualTo("trilinear kinolift.scale.factor=1,2,2");
        assertThat(Fingerprint.of(config)
                        .without(OperatorSettings.SCALE_FACTOR)
                        .complete(config, settings)
                        .text())
                .isEqualTo("trilinear");
    }
}
