package io.kinolift.live;

import io.kinolift.metrics.Figures;
import io.kinolift.runtime.KinoliftStreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/** Whether this instance can work at all, and whether it does. */
final class Health {
    private static final Set<KafkaStreams.State> OVER = Set.of(
            KafkaStreams.State.ERROR, KafkaStreams.State.PENDING_ERROR, KafkaStreams.State.NOT_RUNNING);

    private final KinoliftStreams streams;
    private final Figures figures;
    private final Duration stuckTimeout;

    Health(KinoliftStreams streams, Figures figures, Duration stuckTimeout) {
        this.streams = streams;
        this.figures = figures;
        this.stuckTimeout = stuckTimeout;
    }

    /**
     * @param ok the answer
     * @param state of Kafka Streams
     * @param reasons why not; or, where it is ok, what is worth knowing
     */
    record Verdict(boolean ok, String state, List<String> reasons) {}

    Verdict live() {
        KafkaStreams.State state = streams.kafka().state();
        List<String> reasons = new ArrayList<>();
        streams.failure().ifPresent(failure -> reasons.add("stopped by " + failure));
        if (OVER.contains(state) && reasons.isEmpty()) {
            reasons.add("Kafka Streams is in state " + state);
        }
        return new Verdict(reasons.isEmpty(), state.name(), reasons);
    }

    Verdict ready() {
        Verdict live = live();
        KafkaStreams.State state = streams.kafka().state();
        List<String> reasons = new ArrayList<>(live.reasons());
        if (live.ok() && state != KafkaStreams.State.RUNNING) {
            reasons.add("partitions are being assigned or stores restored: Kafka Streams is in state " + state);
        }
        if (live.ok() && sum("consumer-metrics", "connection-count") == 0) {
            reasons.add("no connection to a broker");
        }
        double waiting = sum("consumer-fetch-manager-metrics", "records-lag");
        Duration silent = Duration.ofNanos(System.nanoTime() - figures.lastReadNanos());
        if (live.ok() && waiting > 0 && silent.compareTo(stuckTimeout) > 0) {
            reasons.add((long) waiting + " records wait and none was read for " + silent.toSeconds()
                    + " s (kinolift.stuck.timeout.ms)");
        }
        boolean ok = reasons.isEmpty();
        if (ok && assignedTasks() == 0) {
            reasons.add("no partition is assigned: more instances than partitions, this one stands by");
        }
        return new Verdict(ok, state.name(), reasons);
    }

    /** Records that wait in the partitions assigned here. */
    long waitingRecords() {
        return (long) sum("consumer-fetch-manager-metrics", "records-lag");
    }

    int assignedTasks() {
        return streams.kafka().metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.activeTasks().size()).sum();
    }

    private double sum(String group, String name) {
        return streams.kafka().metrics().values().stream()
                .filter(metric -> metric.metricName().group().equals(group) && metric.metricName().name().equals(name)
                        && !metric.metricName().tags().getOrDefault("client-id", "").contains("restore"))
                .mapToDouble(Health::value).filter(Double::isFinite).sum();
    }

    private static double value(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
    }
}
