package io.kinolift.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.engine.FrameEncoding;
import io.kinolift.engine.StreamPlan;
import io.kinolift.frame.Codec;
import io.kinolift.settings.StreamGroups.StreamGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class StreamGroupsTest {
    /** @param settings name, value, ... without their prefix */
    private static KinoliftConfig config(String... settings) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put("kinolift." + settings[i], settings[i + 1]);
        }
        return new KinoliftConfig(all);
    }

    private static KinoliftConfig only(String... settings) {
        List<StreamGroup> groups = StreamGroups.of(config(settings));
        assertThat(groups).hasSize(1);
        return groups.getFirst().config();
    }

    private static void assertRefused(String message, String... settings) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> Plans.streams(config(settings)))
                .withMessageContaining(message);
    }

    @Test
    void whatAGroupDoesNotSay_isAsForAll() {
        KinoliftConfig group = only(
                "scale.factor",
                "3,1,1",
                "temporal.grid",
                "source",
                "gap",
                "hold",
                "streams",
                "a",
                "streams.a.match",
                "*",
                "streams.a.operator",
                "bicubic");
        assertThat(group.getString("kinolift.operator")).isEqualTo("bicubic");
        assertThat(group.getString("kinolift.scale.factor")).isEqualTo("3,1,1");
        assertThat(group.getString("kinolift.temporal.grid")).isEqualTo("source");
        assertThat(group.getString("kinolift.gap")).isEqualTo("hold");
    }

    @Test
    void everySettingOfAConvolutionCanDiffer() {
        KinoliftConfig group = only(
                "operator",
                "conv-transpose3d",
                "overshoot",
                "0.1",
                "scale.factor",
                "1,2,2",
                "streams",
                "a",
                "streams.a.match",
                "*",
                "streams.a.overshoot",
                "off",
                "streams.a.channels",
                "planes");
        assertThat(group.getString("kinolift.overshoot")).isEqualTo("off");
        Plans.operator(group);
    }

    @Test
    void whatIsForAnotherOperator_doesNotReachIt() {
        KinoliftConfig linear = only(
                "operator",
                "conv-transpose3d",
                "weights",
                "trilinear",
                "border",
                "zeros",
                "streams",
                "a",
                "streams.a.match",
                "*",
                "streams.a.operator",
                "trilinear");
        assertThat(linear.getString("kinolift.weights")).isEmpty();
        assertThat(linear.getString("kinolift.border")).isEqualTo("edge");
        Plans.operator(linear);
        KinoliftConfig fitted = only(
                "size",
                "1920x1080",
                "align.corners",
                "true",
                "window.edges",
                "independent",
                "streams",
                "a",
                "streams.a.match",
                "*",
                "streams.a.operator",
                "conv-transpose3d");
        assertThat(fitted.getString("kinolift.size")).isEmpty();
        Plans.operator(fitted);
    }

    @Test
    void aFactorOfItsOwn_putsTheSizeOfAllAside() {
        KinoliftConfig group =
                only("size", "1920x1080", "streams", "a", "streams.a.match", "*", "streams.a.scale.factor", "1,2,2");
        assertThat(group.getString("kinolift.size")).isEmpty();
        KinoliftConfig stride = only(
                "operator",
                "conv-transpose3d",
                "scale.factor",
                "2,2,2",
                "streams",
                "a",
                "streams.a.match",
                "*",
                "streams.a.stride",
                "1,3,3");
        assertThat(Plans.operator(stride).outputPixels(4, 4)).isEqualTo(144);
    }

    @Test
    void aGroup_mayHaveACodecAndQualityOfItsOwn() {
        List<StreamPlan> plans = Plans.streams(config(
                        "quality",
                        "3",
                        "streams",
                        "a,b",
                        "streams.a.match",
                        "a",
                        "streams.a.frame.codec",
                        "ffv1",
                        "streams.b.match",
                        "b",
                        "streams.b.quality",
                        "20",
                        "streams.b.quality.floor",
                        "31"))
                .all();
        assertThat(plans)
                .extracting(StreamPlan::encoding)
                .containsExactly(
                        new FrameEncoding(List.of(Codec.FFV1), new EncoderSettings(3, false), 16),
                        new FrameEncoding(List.of(Codec.JPEG), new EncoderSettings(20, false), 31),
                        new FrameEncoding(List.of(Codec.JPEG), new EncoderSettings(3, false), 16));
        // They change no picture before it is encoded: nothing ends, and tables are shared.
        assertThat(plans)
                .extracting(StreamPlan::fingerprint)
                .containsOnly(plans.getFirst().fingerprint());
        assertThat(plans)
                .extracting(StreamPlan::operator)
                .containsOnly(plans.getFirst().operator());
    }

    /** What a page shows of a group is what becomes of its pictures, whichever setting says so. */
    @Test
    void thePlan_saysWhatItComesTo() {
        assertThat(Plans.streams(config(
                                "scale.factor",
                                "5/2,2,2",
                                "streams",
                                "a,b,c",
                                "streams.a.match",
                                "a",
                                "streams.a.operator",
                                "conv-transpose3d",
                                "streams.a.stride",
                                "1,3,3",
                                "streams.a.weights",
                                "trilinear",
                                "streams.b.match",
                                "b",
                                "streams.b.size",
                                "640x360",
                                "streams.c.match",
                                "c",
                                "streams.c.operator",
                                "BICUBIC",
                                "streams.c.frame.codec",
                                "png"))
                        .all())
                .extracting(StreamPlan::summary)
                .containsExactly(
                        "conv-transpose3d × 1,3,3, jpeg", "trilinear × 5/2 in time, to 640x360, jpeg",
                        "bicubic × 5/2,2,2, png", "trilinear × 5/2,2,2, jpeg");
    }

    @Test
    void groupsAreTriedInTheOrderOfTheirNames() {
        assertThat(StreamGroups.of(config("streams", " b, a ", "streams.a.match", "x*", "streams.b.match", " *y ")))
                .extracting(StreamGroup::prefix, StreamGroup::match)
                .containsExactly(tuple("kinolift.streams.b", "*y"), tuple("kinolift.streams.a", "x*"));
    }

    @Test
    void whatCannotBe_isRefusedByName() {
        assertRefused("kinolift.streams: expected names of small letters", "streams", "a,,b");
        assertRefused("kinolift.streams: expected names of small letters", "streams", "a,a", "streams.a.match", "*");
        assertRefused("kinolift.streams: expected names of small letters", "streams", "back-door");
        assertRefused("kinolift.streams.a.match: expected a pattern", "streams", "a");
        assertRefused("kinolift.streams.b.match: expected a group", "streams.b.match", "*");
        assertRefused(
                "kinolift.streams.a.gap: expected a group",
                "streams",
                "a",
                "streams.a.match",
                "*",
                "streams.a.gap",
                "hold");
        assertRefused("kinolift.streams.a: ", "streams", "a", "streams.a.match", "*", "streams.a.operator", "cubic");
        assertRefused(
                "kinolift.streams.a: Invalid value 0,1 for configuration kinolift.scale.factor",
                "streams",
                "a",
                "streams.a.match",
                "*",
                "streams.a.scale.factor",
                "0,1");
        assertRefused("kinolift.streams.a: ", "streams", "a", "streams.a.match", "*", "streams.a.stride", "2");
    }
}
