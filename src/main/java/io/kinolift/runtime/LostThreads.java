package io.kinolift.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failed stream threads as members of the consumer group. A thread that is started again joins under another name;
 * without this, the partitions of the failed one would lie idle until its session times out.
 */
final class LostThreads {
    private static final Logger LOG = LoggerFactory.getLogger(LostThreads.class);
    /** Kafka Streams numbers its threads, and appends the number to the instance id. */
    private static final Pattern NUMBERED = Pattern.compile(".*-StreamThread-(\\d+)");

    private static final Duration LONGEST_END = Duration.ofMinutes(1);

    private final Map<String, String> clientSettings;
    private final String group;
    private final Optional<String> instanceId;

    LostThreads(Map<String, String> clientSettings, String group, Optional<String> instanceId) {
        this.clientSettings = clientSettings;
        this.group = group;
        this.instanceId = instanceId;
    }

    /** Has the thread leave the group as soon as it has ended. */
    void leave(Thread failed) {
        Matcher number = NUMBERED.matcher(failed.getName());
        if (instanceId.isPresent() && number.matches()) {
            String member = instanceId.get() + "-" + number.group(1);
            Thread.ofVirtual().name("lost-thread").start(() -> leave(failed, member));
        }
    }

    private void leave(Thread failed, String member) {
        try (Admin admin = Admin.create(new HashMap<>(clientSettings))) {
            if (failed.join(LONGEST_END)) {
                admin.removeMembersFromConsumerGroup(
                                group, new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove(member))))
                        .all()
                        .get();
            }
        } catch (ExecutionException | RuntimeException e) {
            LOG.debug("{} stays in the group until its session times out", member, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
