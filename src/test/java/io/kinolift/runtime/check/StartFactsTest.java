package io.kinolift.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.runtime.TopologyPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.topology.TopologySettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartFactsTest {
    /** @param settings name, value, ... without their prefix */
    private static KinoliftConfig config(String... settings) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put("kinolift." + settings[i], settings[i + 1]);
        }
        return new KinoliftConfig(all);
    }

    /** The start check uses the needs of the most demanding stream, at any place in the list. */
    @Test
    void theStartCheck_takesTheWorstOfAllGroups() {
        TopologySettings few = TopologyPlan.of(config("scale.factor", "1,1,1"), 1 << 20);
        TopologySettings many = TopologyPlan.of(
                config(
                        "scale.factor",
                        "1,1,1",
                        "streams",
                        "a,b",
                        "streams.a.match",
                        "a",
                        "streams.a.scale.factor",
                        "2,2,2",
                        "streams.b.match",
                        "b",
                        "streams.b.scale.factor",
                        "1,2,2"),
                1 << 20);
        SpeedProbe speed = new SpeedProbe(1, 1);
        assertThat(StartFacts.windowFrames(few)).isEqualTo(8);
        assertThat(StartFacts.windowFrames(many)).isEqualTo(8 + 2);
        // One input and one output pixel, against one and eight.
        double least = StartFacts.worstWindowMillis(few, _ -> speed);
        assertThat(StartFacts.worstWindowMillis(many, _ -> speed) / least).isBetween(4.4, 4.6);
    }
}
