package io.kinolift.cli;

import io.kinolift.runtime.TopologyPlan;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.topology.InputTopics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/** Topics that must be there before a command begins. */
final class RequiredTopics {
    private RequiredTopics() {}

    /**
     * Makes sure that there are input topics.
     *
     * @return their names
     * @throws UsageException naming the one that is missing, or the pattern that none matches
     */
    static List<String> require(Admin admin, InputTopics inputs) {
        List<String> names = Topics.inputs(admin, inputs);
        if (names.isEmpty()) {
            throw new UsageException("expected topics that match " + inputs + " (kinolift.frames.topic), found none");
        }
        require(admin, names.toArray(String[]::new));
        return names;
    }

    /** @throws UsageException naming the first that is missing, and how to make it */
    static void require(Admin admin, String... names) {
        Set<String> existing = Topics.names(admin);
        for (String name : names) {
            if (!existing.contains(name)) {
                var near = Nearest.of(name, existing);
                throw new UsageException("expected a topic " + name + ", found none that this login may see"
                        + (near.isEmpty() ? "" : " (there is " + String.join(", ", near) + ")")
                        + "; create it with: " + remedy(name));
            }
        }
    }

    private static String remedy(String name) {
        boolean ours = TopologyPlan.topics(ConnectionOptions.topicSettings(Map.of()))
                .all()
                .contains(name);
        return ours
                ? "kinolift topics"
                : "kafka-topics.sh --create --topic " + name + " --config max.message.bytes=33554432";
    }
}
