package io.kinolift.sizing.measure;

import io.kinolift.runtime.KinoliftStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.Metric;

/**
 * Seconds of each commit of the stream threads: flushing the producer, adding offsets, ending the transaction. Kafka has
 * sums of these only, so they are looked at often, and what was added between two pauses is one commit.
 */
final class CommitTimes implements AutoCloseable {
    private static final Set<String> PARTS =
            Set.of("flush-time-ns-total", "txn-send-offsets-time-ns-total", "txn-commit-time-ns-total");
    /** Shorter than the pauses between commits. */
    private static final long LOOK_MILLIS = 5;

    private static final int LOOKS_UNTIL_NEW_PRODUCERS = 400;

    private final KinoliftStreams streams;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("commit-times").unstarted(this::look);
    private final List<Double> seconds = new ArrayList<>();

    CommitTimes(KinoliftStreams streams) {
        this.streams = streams;
    }

    void start() {
        thread.start();
    }

    private void look() {
        List<? extends Metric> metrics = List.of();
        double before = 0;
        double commit = 0;
        for (int looks = 0; !Thread.currentThread().isInterrupted(); looks++) {
            if (looks % LOOKS_UNTIL_NEW_PRODUCERS == 0) {
                metrics = streams.kafka().metrics().values().stream()
                        .filter(metric -> metric.metricName().group().equals("producer-metrics")
                                && PARTS.contains(metric.metricName().name()))
                        .toList();
                before = sum(metrics);
            }
            double now = sum(metrics);
            if (now > before) {
                commit += now - before;
            } else if (commit > 0) {
                add(commit / 1e9);
                commit = 0;
            }
            before = now;
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static double sum(List<? extends Metric> metrics) {
        return metrics.stream()
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .sum();
    }

    private synchronized void add(double time) {
        seconds.add(time);
    }

    /** Those since the last call. */
    synchronized List<Double> take() {
        List<Double> taken = List.copyOf(seconds);
        seconds.clear();
        return taken;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
