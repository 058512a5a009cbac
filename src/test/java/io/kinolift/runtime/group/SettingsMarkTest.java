package io.kinolift.runtime.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsMarkTest {
    private static final String CLIENT = "kinolift-0a1b2c3d-StreamThread-1-consumer";

    private static SettingsMark mark(boolean sharesWindows, String... settings) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return SettingsMark.of(Plans.streams(new KinoliftConfig(all), _ -> {}), sharesWindows);
    }

    private static SettingsMark group(String match) {
        return mark(
                false,
                "kinolift.streams",
                "a",
                "kinolift.streams.a.match",
                match,
                "kinolift.streams.a.operator",
                "bicubic");
    }

    @Test
    void whatShapesPictures_changesIt() {
        assertThat(mark(false, "kinolift.scale.factor", "1,2,2")).isNotEqualTo(mark(false));
        assertThat(mark(false, "kinolift.gap", "hold")).isNotEqualTo(mark(false));
    }

    @Test
    void theStreamsThatASettingIsFor_changeIt() {
        assertThat(group("cam*")).isNotEqualTo(group("gate*"));
        assertThat(group("cam*")).isEqualTo(group("cam*"));
    }

    @Test
    void whatDoesNotShapePictures_leavesIt() {
        assertThat(mark(false, "kinolift.threads", "3", "kinolift.quality", "5"))
                .isEqualTo(mark(false));
    }

    @Test
    void clientId_keepsIt() {
        for (boolean sharesWindows : new boolean[] {false, true}) {
            SettingsMark mark = mark(sharesWindows);
            assertThat(SettingsMark.of(mark.on(CLIENT))).hasValue(mark);
            assertThat(MemberNames.ofClient(mark.on(CLIENT))).isEqualTo("kinolift-0a1b2c3d");
        }
        assertThat(SettingsMark.of(CLIENT)).isEmpty();
    }
}
