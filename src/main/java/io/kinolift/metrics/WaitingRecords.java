package io.kinolift.metrics;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;

/** Records that wait in the partitions that this instance works on, by the metrics of Kafka's consumers. */
public final class WaitingRecords {
    private WaitingRecords() {}

    /**
     * Counts them. A topic with a dot in its name has a second name, which must not be asked for. A partition that moved
     * between threads counts once.
     *
     * @param metrics all those of Kafka Streams
     * @param topics those that count; changelogs that are being restored should not
     */
    public static long of(Collection<? extends Metric> metrics, Predicate<String> topics) {
        Map<TopicPartition, Double> lags = new HashMap<>();
        for (Metric metric : metrics) {
            MetricName name = metric.metricName();
            if (name.group().equals("consumer-fetch-manager-metrics")
                    && name.name().equals("records-lag")
                    && topics.test(name.tags().get("topic"))) {
                TopicPartition partition = new TopicPartition(
                        name.tags().get("topic"), Integer.parseInt(name.tags().get("partition")));
                lags.merge(partition, value(metric), Math::max);
            }
        }
        return (long) lags.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** 0 if it is not a number, or not known yet. */
    private static double value(Metric metric) {
        double value = metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
        return Double.isFinite(value) ? value : 0;
    }
}
