package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BudgetLinesTest {
    private static List<BudgetLines.Line> lines(int windowSize, String... settings) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put("kinolift." + settings[i], settings[i + 1]);
        }
        return BudgetLines.of(Plans.streams(new KinoliftConfig(all)), windowSize);
    }

    @Test
    void aBudget_isSaidWithTheTimeThatAWindowTakesToFill() {
        assertThat(lines(1, "latency.budget.ms", "100"))
                .containsExactly(new BudgetLines.Line(
                        false,
                        "all streams: a window that is more than 50 ms late, half of the budget, leaves the plan"
                                + " (levels 0, 4, 5). The first frame of a window waits for 1 more, 33 ms at 30 frames per second, and that"
                                + " comes on top"));
    }

    @Test
    void aBudgetBelowThat_isAWarning() {
        assertThat(lines(8, "latency.budget.ms", "100"))
                .singleElement()
                .satisfies(line -> assertThat(line.warns()).isTrue())
                .satisfies(line -> assertThat(line.text())
                        .contains("waits for 8 more, 266 ms")
                        .endsWith("; kinolift.window.size=1 waits least"));
    }

    @Test
    void aPlanWithoutLevels_isAWarning() {
        assertThat(lines(1, "latency.budget.ms", "100", "operator", "nearest"))
                .containsExactly(new BudgetLines.Line(
                        true,
                        "all streams: kinolift.latency.budget.ms=100 changes nothing, because no level is cheaper than"
                                + " the plan"));
    }

    @Test
    void onlyPlansWithABudget_areNamed() {
        assertThat(lines(1)).isEmpty();
        assertThat(lines(1, "streams", "cams", "streams.cams.match", "cam*", "streams.cams.latency.budget.ms", "50"))
                .extracting(BudgetLines.Line::text)
                .singleElement()
                .asString()
                .startsWith("streams cam*: a window that is more than 25 ms late");
    }
}
