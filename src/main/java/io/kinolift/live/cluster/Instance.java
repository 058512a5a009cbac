package io.kinolift.live.cluster;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * One process of the application.
 *
 * @param name its client id, or its lasting name ({@code group.instance.id}) if it has one
 * @param host from where it talks to the broker; empty where unknown
 * @param page address of its page; empty where unknown
 * @param isThis whether it is the one that answers
 * @param partitions of the input that it works on, by topic
 */
public record Instance(
        String name, String host, String page, boolean isThis, Map<String, SortedSet<Integer>> partitions) {
    boolean has(String topic, int partition) {
        return partitions.containsKey(topic) && partitions.get(topic).contains(partition);
    }

    static Map<String, SortedSet<Integer>> byTopic(Iterable<TopicPartition> partitions) {
        Map<String, SortedSet<Integer>> topics = new TreeMap<>();
        partitions.forEach(each ->
                topics.computeIfAbsent(each.topic(), _ -> new TreeSet<>()).add(each.partition()));
        return topics;
    }
}
