package io.kinolift.runtime;

import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log which partitions this instance works on, in one line whenever that changes. */
final class Assignments {
    private static final Logger LOG = LoggerFactory.getLogger(Assignments.class);

    private String last = "";

    /** @param partitions of the input, in any order */
    synchronized void are(Collection<TopicPartition> partitions) {
        String text = text(partitions);
        if (!text.equals(last)) {
            last = text;
            LOG.info(text);
        }
    }

    static String text(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return "no partition is assigned to this instance: it has nothing to do until another one stops, or the"
                    + " topic gets more partitions";
        }
        TreeMap<String, TreeSet<Integer>> topics = new TreeMap<>();
        partitions.forEach(partition ->
                topics.computeIfAbsent(partition.topic(), _ -> new TreeSet<>()).add(partition.partition()));
        StringBuilder text = new StringBuilder("assigned to this instance:");
        topics.forEach((topic, numbers) -> {
            text.append(text.charAt(text.length() - 1) == ':' ? " " : "; ").append(topic);
            numbers.forEach(number -> text.append(' ').append(number));
        });
        return text.toString();
    }
}
