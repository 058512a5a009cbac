package io.kinolift.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kinolift.frame.Colour;
import io.kinolift.frame.PixelFormat;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetsTest {
    private static final String BEST = " (kinolift.preset=best means kinolift.motion=on, "
            + "kinolift.operator=conv-transpose3d, kinolift.weights=adaptive)";

    /** @param settings name, value, ... without their prefix */
    private static KinoliftConfig config(String... settings) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put("kinolift." + settings[i], settings[i + 1]);
        }
        return new KinoliftConfig(all);
    }

    private static KinoliftConfig group(String... settings) {
        return StreamGroups.of(config(settings)).getFirst().config();
    }

    /** Operator, weights and motion. */
    private static String chosen(KinoliftConfig config) {
        return config.get(OperatorKinds.OPERATOR) + "," + config.get(ConvTransposeKind.WEIGHTS) + ","
                + config.get(OperatorSettings.MOTION);
    }

    private static String fingerprint(KinoliftConfig config) {
        return Plans.streams(config).all().getFirst().fingerprint();
    }

    private static void assertRefused(String message, String... settings) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> Plans.streams(config(settings)))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "exact, trilinear, '', off",
        "fast, bilinear, '', off",
        "sharp, conv-transpose3d, adaptive, off",
        "smooth, trilinear, '', on",
        "Best, conv-transpose3d, adaptive, on"
    })
    void aPreset_isItsSettings(String preset, String operator, String weights, String motion) {
        KinoliftConfig named = config("preset", preset, "scale.factor", "2,2,2");
        assertThat(chosen(named)).isEqualTo(operator + "," + weights + "," + motion);
        KinoliftConfig spelledOut = weights.isEmpty()
                ? config("operator", operator, "motion", motion, "scale.factor", "2,2,2")
                : config("operator", operator, "weights", weights, "motion", motion, "scale.factor", "2,2,2");
        assertThat(fingerprint(named)).isEqualTo(fingerprint(spelledOut));
    }

    @Test
    void withoutAPreset_defaultsApply() {
        assertThat(chosen(config())).isEqualTo("trilinear,,off");
        assertThat(config().presetValues()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"exact, 2", "fast, 2", "sharp, 1", "smooth, 2", "best, 2"})
    void withoutAScaleFactor_adaptiveWeightsAloneLeaveTheRate(String preset, String factor) {
        assertThat(Plans.operator(config("preset", preset)).timeGrid().factor()).hasToString(factor);
    }

    @Test
    void whatIsGiven_winsOverThePreset() {
        assertThat(chosen(config("preset", "best", "motion", "off"))).isEqualTo("conv-transpose3d,adaptive,off");
        assertThat(chosen(config("preset", "best", "weights", "trilinear"))).isEqualTo("conv-transpose3d,trilinear,on");
        // Empty is a value, too: the fitted weights.
        assertThat(chosen(config("preset", "sharp", "weights", ""))).isEqualTo("conv-transpose3d,,off");
        Plans.operator(config("preset", "best", "weights", "", "scale.factor", "2,3,3"));
    }

    @Test
    void anotherOperator_doesNotGetWhatItDoesNotTake() {
        KinoliftConfig cubic = config("preset", "best", "operator", "bicubic");
        assertThat(chosen(cubic)).isEqualTo("bicubic,,on");
        assertThat(fingerprint(cubic)).isEqualTo(fingerprint(config("operator", "bicubic", "motion", "on")));
    }

    @Test
    void anUnknownName_isRefusedWithAllNames() {
        assertRefused(
                "Invalid value finest for configuration kinolift.preset: expected one of exact, fast, sharp, smooth, best",
                "preset",
                "finest");
    }

    @Test
    void valuesThatDoNotGoTogether_nameThePreset() {
        assertRefused(
                "Invalid value 2,3,3 for configuration kinolift.scale.factor: expected any factor in time and 2,2 in"
                        + " space with adaptive weights" + BEST,
                "preset",
                "best",
                "scale.factor",
                "2,3,3");
        assertRefused(
                "Invalid value 640x360 for configuration kinolift.size: expected none with"
                        + " kinolift.operator=conv-transpose3d: kinolift.stride gives the size" + BEST,
                "preset",
                "best",
                "size",
                "640x360");
        assertRefused(
                "Invalid value 640x for configuration kinolift.size: expected WIDTHxHEIGHT, such as 3840x2160",
                "preset",
                "exact",
                "size",
                "640x");
    }

    @Test
    void aFormatThatIsRefused_namesThePreset() {
        assertThat(Plans.operator(config("preset", "best")).refusal(PixelFormat.YUV420P10, 64, 48, Colour.UNSPECIFIED))
                .hasValueSatisfying(reason -> assertThat(reason).endsWith(BEST));
        assertThat(Plans.operator(config("operator", "conv-transpose3d", "weights", "adaptive"))
                        .refusal(PixelFormat.YUV420P10, 64, 48, Colour.UNSPECIFIED))
                .hasValueSatisfying(reason -> assertThat(reason).doesNotContain("preset"));
    }

    @Test
    void aGroupsPreset_putsAsideWhatIsForAll() {
        String[] common = {"operator", "conv-transpose3d", "border", "zeros", "streams", "a", "streams.a.match", "*"};
        KinoliftConfig smooth = group(with(common, "streams.a.preset", "smooth"));
        assertThat(chosen(smooth)).isEqualTo("trilinear,,on");
        Plans.operator(smooth);
        assertThat(chosen(group(with(common, "streams.a.preset", "exact")))).isEqualTo("trilinear,,off");
    }

    @Test
    void aGroupsSettings_winOverEveryPreset() {
        String[] common = {"preset", "best", "streams", "a", "streams.a.match", "*"};
        assertThat(chosen(group(common))).isEqualTo("conv-transpose3d,adaptive,on");
        assertThat(chosen(group(with(common, "streams.a.operator", "bicubic")))).isEqualTo("bicubic,,on");
        assertThat(chosen(group(with(common, "streams.a.preset", "smooth", "streams.a.motion", "off"))))
                .isEqualTo("trilinear,,off");
    }

    @Test
    void aGroupsErrors_nameGroupAndPreset() {
        assertRefused(
                "kinolift.streams.a: Invalid value 1,3,3 for configuration kinolift.scale.factor: expected any factor"
                        + " in time and 2,2 in space with adaptive weights (kinolift.preset=sharp means"
                        + " kinolift.operator=conv-transpose3d, kinolift.weights=adaptive)",
                "scale.factor",
                "1,3,3",
                "streams",
                "a",
                "streams.a.match",
                "*",
                "streams.a.preset",
                "sharp");
        assertRefused(
                "kinolift.streams.a: Invalid value finest for configuration kinolift.preset: expected one of exact,"
                        + " fast, sharp, smooth, best",
                "streams",
                "a",
                "streams.a.match",
                "*",
                "streams.a.preset",
                "finest");
    }

    private static String[] with(String[] settings, String... more) {
        String[] all = Arrays.copyOf(settings, settings.length + more.length);
        System.arraycopy(more, 0, all, settings.length, more.length);
        return all;
    }
}
