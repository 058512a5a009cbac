package io.kinolift.cli;

import io.kinolift.runtime.topics.Topics;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/** Topics that must be there before a command begins. */
final class RequiredTopics {
    private RequiredTopics() {}

    /** @throws UsageException naming the first that is missing, and how to make it */
    static void require(Admin admin, String... names) {
        Set<String> existing = Topics.names(admin);
        for (String name : names) {
            if (!existing.contains(name)) {
                var near = Nearest.of(name, existing);
                throw new UsageException("expected a topic " + name + ", found none that this login may see"
                        + (near.isEmpty() ? "" : " (there is " + String.join(", ", near) + ")")
                        + "; create the topics with: kinolift topics");
            }
        }
    }
}
