package io.kinolift.live;

import io.kinolift.metrics.Figures;
import io.kinolift.metrics.WaitingRecords;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.topology.InputTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;

/** Whether this instance is able to work, and whether it is working. */
final class Health {
    private static final Set<KafkaStreams.State> OVER =
            Set.of(KafkaStreams.State.ERROR, KafkaStreams.State.PENDING_ERROR, KafkaStreams.State.NOT_RUNNING);

    private final KinoliftStreams streams;
    private final Figures figures;
    private final InputTopics inputs;
    private final Duration stuckTimeout;
    private final boolean sharesWindows;

    /** @param sharesWindows whether any instance upscales windows of any partition */
    Health(KinoliftStreams streams, Figures figures, InputTopics inputs, Duration stuckTimeout, boolean sharesWindows) {
        this.streams = streams;
        this.figures = figures;
        this.inputs = inputs;
        this.stuckTimeout = stuckTimeout;
        this.sharesWindows = sharesWindows;
    }

    /**
     * @param ok the answer
     * @param state of Kafka Streams
     * @param reasons why not; or, if it is ok, other facts worth knowing
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
        if (live.ok() && streams.isWarmingUp()) {
            return new Verdict(
                    false,
                    state.name(),
                    List.of("pictures are made at every level before streams are read (kinolift.warmup.ms)"));
        }
        List<String> reasons = new ArrayList<>(live.reasons());
        if (live.ok() && state != KafkaStreams.State.RUNNING) {
            reasons.add("partitions are being assigned or stores restored: Kafka Streams is in state " + state);
        }
        if (live.ok()) {
            reasons.addAll(streams.disks().faults());
            reasons.addAll(streams.topicFaults());
            stoppedThreads(state).ifPresent(reasons::add);
        }
        if (live.ok() && connections() == 0) {
            reasons.add("no connection to a broker");
        }
        long waiting = waitingRecords();
        Duration silent = Duration.ofNanos(System.nanoTime() - figures.lastReadNanos());
        if (live.ok() && waiting > 0 && !streams.isInputHeld() && silent.compareTo(stuckTimeout) > 0) {
            reasons.add(waiting + " records wait and none was read for " + silent.toSeconds()
                    + " s (kinolift.stuck.timeout.ms)");
        }
        boolean ok = reasons.isEmpty();
        if (ok && assignedTasks() == 0) {
            reasons.add("no partition is assigned: nothing to do here until one is. There may be more instances than"
                    + (sharesWindows ? " partitions and lanes (kinolift.parallelism.lanes)" : " partitions")
                    + ", or partitions may still be on their way from others");
        } else if (ok && sharesWindows && assignedPartitions().isEmpty()) {
            reasons.add("no partition of the input is assigned: this instance upscales windows that others cut");
        }
        if (ok) {
            streams.otherSettings()
                    .map(names -> "these instances differ in settings that shape pictures, or in kinolift.parallelism: "
                            + names)
                    .ifPresent(reasons::add);
        }
        if (ok && !sharesWindows) {
            UnevenPartitions.line(assignedPartitions(), figures.openStreams()).ifPresent(reasons::add);
        }
        return new Verdict(ok, state.name(), reasons);
    }

    /** Kafka Streams still calls itself running while the successor of a failed thread waits for its group. */
    private Optional<String> stoppedThreads(KafkaStreams.State state) {
        List<String> states = streams.kafka().metadataForLocalThreads().stream()
                .map(ThreadMetadata::threadState)
                .toList();
        long running = states.stream().filter("RUNNING"::equals).count();
        if (state != KafkaStreams.State.RUNNING || (running > 0 && running == states.size())) {
            return Optional.empty();
        }
        return Optional.of(running + " of " + states.size() + " stream threads are running"
                + streams.lastThreadFailure().map(text -> "; " + text).orElse(""));
    }

    /** Records of the input that wait in the partitions assigned here. */
    long waitingRecords() {
        return WaitingRecords.of(streams.kafka().metrics().values(), inputs::matches);
    }

    int assignedTasks() {
        return streams.kafka().metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.activeTasks().size())
                .sum();
    }

    /** Partitions of the input; of several topics, those with the same number are one. */
    private Set<Integer> assignedPartitions() {
        return streams.kafka().metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .filter(partition -> inputs.matches(partition.topic()))
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }

    private double connections() {
        return streams.kafka().metrics().values().stream()
                .filter(metric -> metric.metricName().group().equals("consumer-metrics")
                        && metric.metricName().name().equals("connection-count")
                        && !metric.metricName()
                                .tags()
                                .getOrDefault("client-id", "")
                                .contains("restore"))
                .mapToDouble(Health::value)
                .sum();
    }

    /** 0 if it is not a number, or not known yet. */
    private static double value(Metric metric) {
        double value = metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
        return Double.isFinite(value) ? value : 0;
    }
}
