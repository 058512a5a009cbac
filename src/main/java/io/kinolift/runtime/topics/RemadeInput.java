package io.kinolift.runtime.topics;

import io.kinolift.topology.InputTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which partitions are to be read from their first record because their topic was deleted and made again. Kafka
 * deletes the offsets of a deleted topic, but a commit that waits while the topic is missing puts an old offset into the
 * new one. A consumer would go on there, or at the new topic's end, without a word. Only the topic's id tells.
 */
public final class RemadeInput {
    private static final Logger LOG = LoggerFactory.getLogger(RemadeInput.class);
    /** Longer than a commit waits for a topic. Later, an offset that another instance has committed is of the new topic. */
    private static final Duration SUSPECTED = Duration.ofMinutes(2);

    private final InputTopics inputs;
    private final Map<String, Topic> topics = new HashMap<>();
    private final Set<TopicPartition> beyondEnd = new HashSet<>();

    /** A topic as this process knows it, and which of its partitions were rewound since it was made again. */
    private record Topic(Uuid id, boolean remade, long nanos, Set<Integer> rewound) {
        boolean isSuspect(int partition) {
            return remade && System.nanoTime() - nanos < SUSPECTED.toNanos() && !rewound.contains(partition);
        }
    }

    public RemadeInput(InputTopics inputs) {
        this.inputs = inputs;
    }

    /**
     * Learns the ids of the partitions' topics.
     *
     * @throws org.apache.kafka.common.KafkaException if the cluster cannot be asked
     */
    public void learn(Admin admin, Collection<TopicPartition> partitions) {
        Set<String> names = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        learn(Topics.describe(admin, names).values());
    }

    /** Learns the topics' ids; other topics than inputs are left out. */
    synchronized void learn(Collection<TopicDescription> descriptions) {
        for (TopicDescription description : descriptions) {
            Topic known = topics.get(description.name());
            Uuid id = description.topicId();
            boolean same = known != null && known.id().equals(id);
            if (same || !inputs.matches(description.name())) {
                continue;
            }
            topics.put(description.name(), new Topic(id, known != null, System.nanoTime(), new HashSet<>()));
            if (known != null) {
                LOG.error(
                        "{} was deleted and made again: it is read from its first record, and records of the old topic "
                                + "that were not read are lost",
                        description.name());
            }
        }
    }

    /** The partition ends before its committed offset. */
    public synchronized void suspect(TopicPartition partition) {
        beyondEnd.add(partition);
    }

    /** Those of the partitions whose committed offsets may be of an old topic; each is named once. */
    public synchronized List<TopicPartition> take(Collection<TopicPartition> partitions) {
        List<TopicPartition> found = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Topic topic = topics.get(partition.topic());
            boolean remade = topic != null && topic.isSuspect(partition.partition());
            if (remade) {
                topic.rewound().add(partition.partition());
            }
            if (beyondEnd.remove(partition) || remade) {
                found.add(partition);
            }
        }
        return found;
    }
}
