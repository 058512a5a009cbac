package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.engine.StreamPlan;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmUpsTest {
    private static WarmUps of(Duration most, Map<String, String> settings) {
        return new WarmUps(Plans.streams(new KinoliftConfig(settings)), most);
    }

    @Test
    void onlyPlansThatMayBeLeft_areWarmedUp() {
        assertThat(of(Duration.ofSeconds(1), Map.of()).plans()).isEmpty();
        assertThat(of(
                                Duration.ofSeconds(1),
                                Map.of("kinolift.latency.budget.ms", "100", "kinolift.operator", "nearest"))
                        .plans())
                .as("no level is cheaper")
                .isEmpty();
        assertThat(of(
                                Duration.ofSeconds(1),
                                Map.of(
                                        "kinolift.streams", "cams",
                                        "kinolift.streams.cams.match", "cam*",
                                        "kinolift.streams.cams.latency.budget.ms", "50"))
                        .plans())
                .singleElement()
                .extracting(StreamPlan::levels)
                .satisfies(levels -> assertThat(levels.budgetMillis()).isEqualTo(50));
    }

    @Test
    void noTimeAtAll_isNoWarmUp() {
        AtomicInteger asked = new AtomicInteger();
        of(Duration.ZERO, Map.of("kinolift.latency.budget.ms", "100")).run(() -> asked.incrementAndGet() == 0);
        assertThat(asked).hasValue(0);
    }

    @Test
    void aStop_endsItAtOnce() {
        long start = System.nanoTime();
        of(Duration.ofHours(1), Map.of("kinolift.latency.budget.ms", "100", "kinolift.preset", "best"))
                .run(() -> true);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
    }
}
