package io.kinolift.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kinolift.tensor.Tensor;
import io.kinolift.upscale.convolve.Border;
import io.kinolift.upscale.convolve.Channels;
import io.kinolift.upscale.convolve.TransposedConvolution;
import io.kinolift.weights.AdaptiveWeights;
import io.kinolift.weights.ConvTransposeWeights;
import io.kinolift.weights.SafetensorsWriter;
import io.kinolift.weights.ShippedWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvTransposePlanTest {
    @TempDir
    private Path folder;

    private static KinoliftConfig config(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("kinolift.operator", "conv-transpose3d"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put("kinolift." + settings[i], settings[i + 1]);
        }
        return new KinoliftConfig(all);
    }

    private static TransposedConvolution plan(String... settings) {
        return ConvTransposePlan.of(config(settings));
    }

    private static void refused(String words, String... settings) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> Plans.operator(config(settings)))
                .withMessageContaining("expected")
                .withMessageContaining("kinolift.")
                .withMessageContaining(words);
    }

    private String file(String name, int... shape) throws Exception {
        Path file = folder.resolve(name);
        SafetensorsWriter.write(file, Map.of("up.weight", Tensor.zeros(shape)), Map.of());
        return file.toString();
    }

    @Test
    void nothingGiven_isWhatComesWithKinolift() {
        TransposedConvolution plan = plan();
        assertThat(plan.weights().kernel()).containsExactly(4, 12, 12);
        assertThat(plan.stride()).containsExactly(2, 2, 2);
        assertThat(plan.padding()).containsExactly(1, 5, 5);
        assertThat(plan.border()).isEqualTo(Border.EDGE);
        assertThat(plan.channels()).isEqualTo(Channels.LUMA);
        for (ShippedWeights shipped : ShippedWeights.values()) {
            String factor = shipped.time() + "," + shipped.space() + "," + shipped.space();
            String grid = shipped.sourceGrid() ? "source" : "half-pixel";
            TransposedConvolution found = plan("scale.factor", factor, "temporal.grid", grid);
            assertThat(found.weights().values())
                    .isEqualTo(shipped.load().weights().weight().data());
            assertThat(found.stride()[0]).isEqualTo(shipped.time());
            assertThat(plan("scale.factor", factor, "temporal.grid", grid, "channels", "rgb")
                            .weights()
                            .inChannels())
                    .isEqualTo(3);
        }
        refused("expected a factor that weights come with (1,2,2; 1,3,3; 1,4,4; 2,2,2)", "scale.factor", "1,5,5");
        refused("1,2,3", "stride", "1,2,3");
    }

    @Test
    void trilinear_isAKernelOfAnyStride() {
        assertThat(plan("weights", "trilinear").weights().kernel()).containsExactly(4, 4, 4);
        assertThat(plan("weights", "trilinear").padding()).containsExactly(1, 1, 1);
        assertThat(plan("weights", "Trilinear", "stride", "1,2,3").stride()).containsExactly(1, 2, 3);
        TransposedConvolution source = plan("weights", "trilinear", "temporal.grid", "source", "stride", "2,1,1");
        assertThat(source.weights().values()).containsExactly(0.5f, 1, 0.5f);
        assertThat(source.padding()).containsExactly(1, 0, 0);
        assertThat(source.outputPadding()).containsExactly(1, 0, 0);
    }

    @Test
    void theScaleFactor_isTheStrideWhereItIsGiven() {
        assertThat(plan("weights", "trilinear", "scale.factor", "1,2,3").stride())
                .containsExactly(1, 2, 3);
        assertThat(plan("weights", "trilinear", "scale.factor", "3", "stride", "3,3,3")
                        .weights()
                        .kernel())
                .containsExactly(5, 5, 5);
        refused("kinolift.stride", "scale.factor", "2", "stride", "1,2,2");
        refused("whole", "scale.factor", "5/2");
    }

    @Test
    void whatAFileSaysOfItsGeometry_holdsUnlessSettingsSayOtherwise() throws Exception {
        ShippedWeights shipped = ShippedWeights.SPACE_3;
        Path file = folder.resolve("fitted");
        shipped.load().weights().save(file, "", shipped.load().metadata());
        assertThat(plan("weights", file.toString()).stride()).containsExactly(1, 3, 3);
        assertThat(plan("weights", file.toString()).padding()).containsExactly(0, 8, 8);
        assertThat(plan("weights", file.toString(), "padding", "0,7,7").padding())
                .containsExactly(0, 7, 7);
        refused("1,3,3, which the weights are for", "weights", file.toString(), "scale.factor", "2");
        shipped.load().weights().save(file, "", Map.of("stride", "x", "padding", "0,0,0", "output_padding", "0,0,0"));
        refused("metadata stride", "weights", file.toString());
    }

    @Test
    void theSourceGrid_takesWeightsThatPassInputsThrough() throws Exception {
        Path file = folder.resolve("w");
        ShippedWeights source = ShippedWeights.SPACE_TIME_2_SOURCE;
        source.load().weights().save(file, "", source.load().metadata());
        assertThat(plan("weights", file.toString()).outputPadding()).containsExactly(1, 0, 0);
        refused("expected source", "weights", file.toString(), "temporal.grid", "half-pixel");
        Tensor five = Tensor.zeros(1, 1, 5, 1, 1);
        new ConvTransposeWeights(five, Optional.empty()).save(file, "", Map.of());
        assertThat(plan("weights", file.toString(), "temporal.grid", "source").padding())
                .containsExactly(2, 0, 0);
        five.data()[0] = 0.25f;
        new ConvTransposeWeights(five, Optional.empty()).save(file, "", Map.of());
        refused("kinolift.temporal.grid", "weights", file.toString(), "temporal.grid", "source");
        new ConvTransposeWeights(Tensor.zeros(1, 1, 4, 1, 1), Optional.empty()).save(file, "", Map.of());
        refused("odd number of taps", "weights", file.toString(), "temporal.grid", "source");
    }

    @Test
    void adaptiveWeights_areAWordOrAFile() throws Exception {
        assertThat(Plans.operator(config("weights", "Adaptive")).outputPixels(10, 20))
                .isEqualTo(800);
        AdaptiveWeights shipped = AdaptiveWeights.shipped();
        Path file = folder.resolve("bank");
        shipped.save(file);
        KinoliftConfig given = config("weights", file.toString(), "scale.factor", "1,2,2", "border", "edge");
        assertThat(fingerprint(given)).isEqualTo(fingerprint(config("weights", "adaptive")));
        assertThat(warning(given)).isEmpty();
        refused("any factor in time and 2,2", "weights", "adaptive", "scale.factor", "2,3,3");
        for (String name : List.of("stride", "padding", "output.padding", "dilation", "weights.prefix")) {
            refused("expected none", "weights", "adaptive", name, "1");
        }
        refused("luma", "weights", "adaptive", "channels", "rgb");
        refused("edge", "weights", "adaptive", "border", "zeros");
        refused("kinolift.groups", "weights", "adaptive", "groups", "3");
        refused("kinolift.size", "weights", "adaptive", "size", "64x64");
        new AdaptiveWeights("others", shipped.bank(), shipped.metadata()).save(file);
        refused("classes gradient-145, found others", "weights", file.toString());
        new AdaptiveWeights(shipped.classes(), Tensor.zeros(3, 12, 12), shipped.metadata()).save(file);
        refused("145 kernels", "weights", file.toString());
        SafetensorsWriter.write(file, Map.of("bank", shipped.bank()), Map.of());
        refused("metadata classes", "weights", file.toString());
    }

    @Test
    void theOvershoot_isWhatFittedWeightsSay_unlessASettingSaysOtherwise() throws Exception {
        assertThat(fingerprint(config())).endsWith(" overshoot/2 0.03125");
        assertThat(fingerprint(config("weights", "adaptive"))).endsWith(" overshoot/2 0.03125");
        assertThat(fingerprint(config("overshoot", "0.1"))).endsWith(" overshoot/2 0.1");
        assertThat(fingerprint(config("overshoot", "Off"))).doesNotContain("overshoot");
        assertThat(fingerprint(config("weights", "trilinear"))).doesNotContain("overshoot");
        assertThat(fingerprint(config("channels", "rgb"))).doesNotContain("overshoot");
        assertThat(fingerprint(config("weights", file("plain", 1, 1, 4, 4, 4), "weights.prefix", "up")))
                .doesNotContain("overshoot");
        for (String wrong : List.of("-0.1", "1.1", "none", "NaN")) {
            refused("from 0 to 1, or off", "overshoot", wrong);
        }
        Path odd = folder.resolve("odd");
        for (String written : List.of("much", "1.5", "NaN")) {
            SafetensorsWriter.write(odd, Map.of("weight", Tensor.zeros(1, 1, 4, 4, 4)), Map.of("overshoot", written));
            refused("metadata overshoot as a number from 0 to 1, found " + written, "weights", odd.toString());
        }
        refused("off with kinolift.channels=rgb", "overshoot", "0", "channels", "rgb");
        refused("off with kinolift.channels=planes", "overshoot", "0", "channels", "planes");
    }

    private static String fingerprint(KinoliftConfig config) {
        return OperatorKinds.plan(config).fingerprint().text();
    }

    @Test
    void weightsThatShow_areWarnedOf() throws Exception {
        Path file = folder.resolve("ones");
        Tensor ones = Tensor.zeros(1, 1, 3, 3, 3);
        Arrays.fill(ones.data(), 8f / 27);
        SafetensorsWriter.write(file, Map.of("weight", ones), Map.of());
        assertThat(warning(config("weights", file.toString(), "padding", "1")))
                .hasValueSatisfying(text -> assertThat(text).contains("133.3 % in space", "66.7 % in time"));
        assertThat(warning(config("weights", file.toString(), "stride", "1", "padding", "1")))
                .isEmpty();
        assertThat(warning(config())).isEmpty();
        List<String> warnings = new ArrayList<>();
        Plans.streams(
                config(
                        "weights",
                        file.toString(),
                        "padding",
                        "1",
                        "streams",
                        "a,b",
                        "streams.a.match",
                        "*",
                        "streams.b.match",
                        "b",
                        "streams.b.padding",
                        "0"),
                warnings::add);
        assertThat(warnings).hasSize(2).element(1).asString().startsWith("kinolift.streams.b: on a constant picture");
    }

    @Test
    void flatWeights_spanOnlyTheirAxes() throws Exception {
        String flat = file("flat", 1, 1, 6, 6);
        TransposedConvolution plan = plan("weights", flat, "weights.prefix", "up", "stride", "2", "padding", "2");
        assertThat(plan.weights().kernel()).containsExactly(1, 6, 6);
        assertThat(plan.stride()).containsExactly(1, 2, 2);
        assertThat(plan.padding()).containsExactly(0, 2, 2);
        assertThat(plan("weights", flat, "weights.prefix", "up").stride()).containsExactly(1, 2, 2);
        assertThat(plan("weights", file("time", 1, 1, 3), "weights.prefix", "up")
                        .stride())
                .containsExactly(2, 1, 1);
    }

    @Test
    void whatDoesNotFit_isRefusedByName() throws Exception {
        String one = file("one", 1, 1, 4, 4, 4);
        refused("channels rgb", "weights", one, "weights.prefix", "up", "channels", "rgb");
        refused("kinolift.weights", "weights", folder.resolve("none").toString());
        refused("kinolift.weights", "weights", one);
        refused("output padding", "weights", one, "weights.prefix", "up", "output.padding", "2");
        refused("kinolift.padding", "padding", "1,2");
        refused("padding", "padding", "-1");
        refused("kinolift.size", "size", "64x64");
        refused("kinolift.align.corners", "align.corners", "true");
        refused("kinolift.border", "operator", "trilinear", "border", "zeros");
    }

    @Test
    void theFingerprint_coversSettingsAndValues() throws Exception {
        String before = fingerprint();
        assertThat(fingerprint()).isEqualTo(before);
        assertThat(fingerprint("border", "zeros")).isNotEqualTo(before);
        assertThat(fingerprint("channels", "planes")).isNotEqualTo(before);
        assertThat(fingerprint("padding", "2")).isNotEqualTo(before);
        Path file = folder.resolve("w");
        Tensor weight = Tensor.zeros(1, 1, 4, 4, 4);
        new ConvTransposeWeights(weight, Optional.empty()).save(file, "", Map.of());
        String zeros = fingerprint("weights", file.toString(), "padding", "1");
        weight.data()[17] = 1e-9f;
        new ConvTransposeWeights(weight, Optional.empty()).save(file, "", Map.of());
        assertThat(fingerprint("weights", file.toString(), "padding", "1"))
                .isNotEqualTo(zeros)
                .isNotEqualTo(before);
    }

    private static Optional<String> warning(KinoliftConfig config) {
        return OperatorKinds.plan(config).warning();
    }

    private static String fingerprint(String... settings) {
        return Plans.streams(config(settings)).all().getFirst().fingerprint();
    }
}
