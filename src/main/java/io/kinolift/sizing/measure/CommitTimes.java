package io.kinolift.sizing.measure;

import io.kinolift.runtime.KinoliftStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;

/**
 * Seconds of each commit of the stream threads: flushing the producer, adding offsets, ending the transaction. Kafka has
 * sums of these only, so they are looked at often. Ending the transaction comes last, so whatever was added until its sum
 * has grown is one commit.
 */
final class CommitTimes implements AutoCloseable {
    private static final String END = "txn-commit-time-ns-total";
    private static final Set<String> PARTS = Set.of("flush-time-ns-total", "txn-send-offsets-time-ns-total", END);
    /** Shorter than the time between two commits, or both would count as one. */
    private static final long LOOK_MILLIS = 5;
    /** Two seconds: a thread that fails gets another producer. */
    private static final int LOOKS_UNTIL_NEW_PRODUCERS = 400;

    /** Makes single commits of sums that only grow. */
    static final class Commits {
        private double counted;
        private double ends;

        /** With other producers, all of whose commits are over. */
        void restart(double all, double end) {
            counted = all;
            ends = end;
        }

        /**
         * A look at the sums.
         *
         * @param all of all parts of commits
         * @param end of the last part alone
         * @return what was added since the last commit, if one has ended
         */
        OptionalDouble look(double all, double end) {
            if (end <= ends) {
                return OptionalDouble.empty();
            }
            double commit = all - counted;
            restart(all, end);
            return OptionalDouble.of(commit);
        }
    }

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
        Set<? extends Metric> metrics = Set.of();
        Commits commits = new Commits();
        for (int looks = 0; !Thread.currentThread().isInterrupted(); looks++) {
            if (looks % LOOKS_UNTIL_NEW_PRODUCERS == 0) {
                Set<? extends Metric> found = producers();
                if (!found.equals(metrics)) {
                    metrics = found;
                    commits.restart(sum(metrics, PARTS), sum(metrics, Set.of(END)));
                }
            }
            // The end first: if a commit ends between both sums, the next look counts it.
            double end = sum(metrics, Set.of(END));
            commits.look(sum(metrics, PARTS), end).ifPresent(commit -> add(commit / 1e9));
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Set<? extends Metric> producers() {
        return streams.kafka().metrics().values().stream()
                .filter(metric -> metric.metricName().group().equals("producer-metrics")
                        && PARTS.contains(metric.metricName().name()))
                .collect(Collectors.toSet());
    }

    private static double sum(Set<? extends Metric> metrics, Set<String> names) {
        return metrics.stream()
                .filter(metric -> names.contains(metric.metricName().name()))
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
