package io.kinolift.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.topology.InputTopics;
import java.util.Map;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.Metrics;
import org.junit.jupiter.api.Test;

class WaitingRecordsTest {
    @Test
    void whatWaits_isOfTheFramesTopicAndCountedOnce() {
        try (Metrics metrics = new Metrics()) {
            lag(metrics, "1-consumer", "kinolift.frames", "0", 5);
            lag(metrics, "1-consumer", "kinolift_frames", "0", 5);
            lag(metrics, "1-consumer", "kinolift.frames", "1", 7);
            lag(metrics, "2-consumer", "kinolift.frames", "1", 7);
            lag(metrics, "2-consumer", "kinolift.frames", "2", Double.NaN);
            lag(metrics, "1-restore-consumer", "kinolift-windows-changelog", "0", 100);
            assertThat(WaitingRecords.of(metrics.metrics().values(), "kinolift.frames"::equals))
                    .isEqualTo(12);
        }
    }

    private static void lag(Metrics metrics, String client, String topic, String partition, double value) {
        metrics.addMetric(
                metrics.metricName(
                        "records-lag",
                        "consumer-fetch-manager-metrics",
                        Map.of("client-id", client, "topic", topic, "partition", partition)),
                (Measurable) (_, _) -> value);
    }

    @Test
    void whatWaits_isOfAllTopicsOfAPattern() {
        try (Metrics metrics = new Metrics()) {
            lag(metrics, "1-consumer", "cam-a", "0", 5);
            lag(metrics, "1-consumer", "cam-b", "0", 7);
            lag(metrics, "1-restore-consumer", "kinolift-windows-changelog", "0", 100);
            assertThat(WaitingRecords.of(metrics.metrics().values(), new InputTopics("cam-*")::matches))
                    .isEqualTo(12);
        }
    }
}
