package io.kinolift.sizing.measure;

import java.util.Map;
import java.util.function.Predicate;

/**
 * What a trial took.
 *
 * @param inputs per second, of all streams together
 * @param outputs per second, of all streams together
 * @param cores of the instance, without the JIT, which is done some time
 * @param bytes per second by topic
 * @param resident bytes of physical memory of the instance
 * @param heap bytes of live objects of the instance
 * @param windows seconds of full windows
 * @param commits seconds of commits
 * @param latencies seconds from capture to arrival
 */
public record Measured(
        int streams,
        double inputs,
        double outputs,
        double cores,
        Map<String, Double> bytes,
        double resident,
        double heap,
        double[] windows,
        double[] commits,
        double[] latencies) {
    /** Bytes per second of some topics. */
    double bytes(Predicate<String> topics) {
        return bytes.entrySet().stream()
                .filter(entry -> topics.test(entry.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    double changelog() {
        return bytes(TestCluster::isChangelog);
    }

    /** Kafka's own topics. */
    double coordination() {
        return bytes(topic -> topic.startsWith("__"));
    }
}
