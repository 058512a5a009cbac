package io.kinolift.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.common.MetricName;

/**
 * Leaves out the second series of a topic. Since 4.1 a Kafka consumer reports a topic with a dot in its name twice:
 * under its name and, deprecated, with underscores instead of dots (KIP-1109), so sums over topics would be doubled.
 * There cannot be a real topic with the second name, because brokers refuse names that differ in this only.
 */
final class TopicsOnce implements MeterFilter {
    private final Supplier<? extends Collection<MetricName>> metrics;
    /** Kept: a consumer may still report the second series of a partition that it has lost (KAFKA-19753). */
    private final Set<String> deprecated = ConcurrentHashMap.newKeySet();

    /** @param metrics what Kafka's clients report now */
    TopicsOnce(Supplier<? extends Collection<MetricName>> metrics) {
        this.metrics = metrics;
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        String topic = id.getTag("topic");
        if (topic == null || isDotted(topic) || topic.indexOf('_') < 0) {
            return MeterFilterReply.NEUTRAL;
        }
        for (MetricName metric : metrics.get()) {
            String other = metric.tags().get("topic");
            if (other != null && isDotted(other)) {
                deprecated.add(other.replace('.', '_'));
            }
        }
        return deprecated.contains(topic) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    private static boolean isDotted(String topic) {
        return topic.indexOf('.') >= 0;
    }
}
