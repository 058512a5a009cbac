package io.kinolift.live.cluster;

import io.kinolift.runtime.topics.Backlog;
import io.kinolift.wire.StreamActivity;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the page shows of the whole application.
 *
 * @param complete whether all accounts have been read
 * @param problem why something is missing; empty if nothing is
 * @param total how many streams are known
 * @param more whether there are more than are known or listed
 * @param instances this one first
 * @param streams those that run first, at most {@link #MAX_LISTED}
 */
public record ClusterStatus(
        boolean complete, String problem, int total, boolean more, List<Instance> instances, List<Line> streams) {
    static final int MAX_LISTED = 500;

    /**
     * A stream.
     *
     * @param state the name of a {@link StreamActivity}
     * @param dropped frames, by policy
     * @param fps output frames per second; 0 unless it is live
     * @param behindMillis how long ago its last counted frame was written
     * @param instance who works on it, as an index into the instances; -1 if unknown
     */
    public record Line(
            String stream,
            String state,
            long session,
            long received,
            long upscaled,
            long deadLettered,
            Map<String, Long> dropped,
            long held,
            long filled,
            long emitted,
            Map<String, Long> incidents,
            double fps,
            long behindMillis,
            String topic,
            int partition,
            int instance) {}

    static ClusterStatus of(ClusterReader.Seen seen, List<Instance> instances, long nowMillis) {
        Backlog late = seen.backlog()
                .without(seen.streams().stream()
                        .filter(stream -> stream.isLive(nowMillis))
                        .map(KnownStream::place)
                        .collect(Collectors.toSet()));
        List<Line> lines = seen.streams().stream()
                .sorted(Comparator.comparing((KnownStream stream) -> stream.state(late, nowMillis))
                        .thenComparing(
                                Comparator.comparingLong(KnownStream::millis).reversed()))
                .limit(MAX_LISTED)
                .map(stream -> line(stream, stream.state(late, nowMillis), instances, nowMillis))
                .toList();
        int total = seen.streams().size();
        return new ClusterStatus(
                seen.complete(), seen.problem(), total, seen.more() || total > lines.size(), instances, lines);
    }

    private static Line line(KnownStream stream, StreamActivity state, List<Instance> instances, long nowMillis) {
        var account = stream.account();
        int instance = 0;
        while (instance < instances.size() && !instances.get(instance).has(account.topic(), account.partition())) {
            instance++;
        }
        return new Line(
                account.streamId(),
                state.name(),
                account.session(),
                account.received(),
                account.upscaled(),
                account.deadLettered(),
                account.dropped(),
                account.held(),
                account.filled(),
                account.emitted(),
                account.incidents(),
                state == StreamActivity.LIVE ? stream.framesPerSecond() : 0,
                Math.max(0, nowMillis - stream.millis()),
                account.topic(),
                account.partition(),
                instance < instances.size() ? instance : -1);
    }
}
