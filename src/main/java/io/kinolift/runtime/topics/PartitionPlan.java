package io.kinolift.runtime.topics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.InvalidPartitionsException;

/**
 * Gives topics the same number of partitions. A topic cannot lose partitions, so the largest number wins. The order of
 * steps is safe to stop in: a changelog never gets ahead of the frames topic, and one that is behind is raised by the
 * next start.
 */
public record PartitionPlan(List<Step> steps) {
    /** One topic that has too few. */
    public record Step(String topic, int from, int to) {
        /** The command that does the same. */
        public String command() {
            return "kafka-topics.sh --alter --topic " + topic + " --partitions " + to;
        }
    }

    /**
     * The steps that the topics need.
     *
     * @param names in the order in which they may be raised; those that do not exist are left out
     * @param least number of partitions, even if no topic has so many
     */
    public static PartitionPlan of(Admin admin, List<String> names, int least) {
        Map<String, TopicDescription> found = Topics.describe(admin, names);
        int target = Math.max(
                least,
                found.values().stream()
                        .mapToInt(topic -> topic.partitions().size())
                        .max()
                        .orElse(0));
        List<Step> steps = new ArrayList<>();
        for (String name : names) {
            TopicDescription topic = found.get(name);
            if (topic != null && topic.partitions().size() < target) {
                steps.add(new Step(name, topic.partitions().size(), target));
            }
        }
        return new PartitionPlan(Collections.unmodifiableList(steps));
    }

    /** The commands that do the same, in their order. */
    public String commands() {
        return steps.stream().map(Step::command).collect(Collectors.joining(", then "));
    }

    /**
     * Raises the topics, one after the other.
     *
     * @param told of each topic that was raised
     * @throws org.apache.kafka.common.KafkaException if the cluster refuses or cannot be reached
     */
    public void run(Admin admin, Consumer<Step> told) {
        for (Step step : steps) {
            try {
                Topics.get(admin.createPartitions(Map.of(step.topic(), NewPartitions.increaseTo(step.to())))
                        .all());
            } catch (InvalidPartitionsException e) {
                // Another instance was faster, or raised it further.
                if (Topics.partitions(admin, step.topic()) < step.to()) {
                    throw e;
                }
            }
            Topics.await(
                    () -> Topics.partitions(admin, step.topic()) >= step.to(),
                    () -> "expected " + step.to() + " partitions of " + step.topic());
            told.accept(step);
        }
    }
}
