package io.kinolift.runtime.topics;

import io.kinolift.topology.AwayWindows;
import io.kinolift.topology.UpscaleTopology;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Windows that were on their way in a topic that was deleted. Their streams wait for them for ever. */
final class LostWindows {
    /** Streams that a message names. */
    private static final int NAMED = 5;

    private final SpreadTopics topics;
    private final Admin admin;
    private final UnreadRecords unread;

    /** @param clients settings of Kafka's clients */
    LostWindows(SpreadTopics topics, Admin admin, Map<String, Object> clients) {
        this.topics = topics;
        this.admin = admin;
        unread = new UnreadRecords(topics, admin, clients);
    }

    /**
     * A topic may have been deleted while the application was away, and even made again. Kafka deletes the offsets of a
     * deleted topic, or a late commit is beyond the end of the new one; so that is easily ruled out. Else the changelog
     * says which windows are away.
     *
     * @throws IllegalStateException if some are in neither topic
     */
    void requireNone() {
        if (Topics.describe(admin, List.of(changelog())).isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> next = topics.committed(admin);
        List<String> missing =
                topics.names().stream().filter(name -> !isAsRead(name, next)).toList();
        if (missing.isEmpty()) {
            return;
        }
        AwayWindows away = away();
        if (away.isEmpty()) {
            return;
        }
        // One after the other: a window only goes from the first to the second.
        // What an open transaction hides is there, too; what was aborted is on nobody's list.
        for (String name : topics.names()) {
            unread.forEach(name, IsolationLevel.READ_UNCOMMITTED, record -> away.found(record.key()));
        }
        // Another instance may have taken windows back meanwhile.
        List<String> lost = away.lost().isEmpty() ? List.of() : away.lost(away());
        if (!lost.isEmpty()) {
            throw new IllegalStateException("expected windows of " + streams(lost) + " on their way in the topics "
                    + topics.names() + ", found none: " + String.join(" and ", missing)
                    + " was deleted. These streams cannot go on. Stop all instances, and start over with:"
                    + " kinolift reset");
        }
    }

    private boolean isAsRead(String name, Map<TopicPartition, Long> next) {
        Map<TopicPartition, OffsetSpec> read = next.keySet().stream()
                .filter(partition -> partition.topic().equals(name))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        return !read.isEmpty()
                && Topics.exists(admin, name)
                && read.keySet().stream().allMatch(partition -> partition.partition() < Topics.partitions(admin, name))
                && Topics.get(admin.listOffsets(read).all()).entrySet().stream()
                        .allMatch(
                                end -> next.get(end.getKey()) <= end.getValue().offset());
    }

    /** Of the node that gives windows away. */
    private String changelog() {
        return UpscaleTopology.changelogs(topics.application()).getLast();
    }

    private AwayWindows away() {
        AwayWindows away = new AwayWindows();
        unread.forEach(changelog(), IsolationLevel.READ_COMMITTED, record -> away.row(record.key(), record.value()));
        return away;
    }

    private static String streams(List<String> ids) {
        return ids.size() == 1
                ? "stream " + ids.getFirst()
                : ids.size() + " streams (" + String.join(", ", ids.subList(0, Math.min(NAMED, ids.size())))
                        + (ids.size() > NAMED ? ", ..." : "") + ")";
    }
}
