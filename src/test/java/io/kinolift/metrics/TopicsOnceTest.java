package io.kinolift.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class TopicsOnceTest {
    private final List<MetricName> kafkas = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    TopicsOnceTest() {
        registry.config().meterFilter(new TopicsOnce(() -> kafkas));
    }

    @Test
    void theNameWithUnderscores_isLeftOut_whicheverComesFirst() {
        report("kinolift.frames_of.a");
        count("kinolift_frames_of_a", "kinolift.frames_of.a");
        assertThat(topics()).containsExactly("kinolift.frames_of.a");
    }

    @Test
    void itStaysOut_whenTheClientHasLostThePartition() {
        report("kinolift.frames");
        count("kinolift_frames");
        kafkas.clear();
        count("kinolift_frames");
        assertThat(topics()).isEmpty();
    }

    @Test
    void aTopicWithUnderscoresOfItsOwn_stays() {
        report("kinolift.frames");
        report("video_frames");
        count("video_frames", "plain", "kinolift-windows-changelog");
        registry.counter("kinolift.frames.received", "stream", "kinolift_frames")
                .increment();
        assertThat(registry.getMeters()).hasSize(4);
    }

    private void report(String topic) {
        kafkas.add(new MetricName("records-lag", "consumer-fetch-manager-metrics", "", Map.of("topic", topic)));
    }

    private void count(String... topics) {
        for (String topic : topics) {
            registry.counter("kafka.consumer.fetch.manager.records.lag", "topic", topic)
                    .increment();
        }
    }

    private List<String> topics() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getTag("topic"))
                .toList();
    }
}
