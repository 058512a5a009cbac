package io.kinolift.runtime.group;

import io.kinolift.runtime.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells members that are alive from those that have only kept their membership: these commit nothing, and are gone when
 * their session is over.
 *
 * @param session how long a dead member stays in the group
 */
record LiveMembers(String group, Duration session) {
    private static final Logger LOG = LoggerFactory.getLogger(LiveMembers.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    /** The broker looks at sessions now and then. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /**
     * Waits until no such member is left, or one of them is known to be alive.
     *
     * @param which the members to look at
     * @param trait what is wrong with them, in words, for the log
     * @return such members if one of them is alive, or still there after the wait; none if all are gone
     * @throws AuthorizationException if the group may not be seen
     */
    List<MemberDescription> await(Admin admin, Predicate<MemberDescription> which, String trait) {
        List<MemberDescription> found = members(admin, which);
        if (found.isEmpty()) {
            return found;
        }
        LOG.warn(
                "group {} already has {}, {}: waiting up to {} s until it has left or commits",
                group,
                MemberNames.text(found),
                trait,
                session.plus(GRACE).toSeconds());
        long deadline = System.nanoTime() + session.plus(GRACE).toNanos();
        Map<TopicPartition, Long> before = committed(admin);
        while (!found.isEmpty()) {
            before.keySet().retainAll(partitions(found));
            LockSupport.parkNanos(INTERVAL.toNanos());
            // Ignore partitions that moved to another instance.
            Map<TopicPartition, Long> now = committed(admin);
            found = members(admin, which);
            before.keySet().retainAll(partitions(found));
            boolean works = before.entrySet().stream()
                    .anyMatch(offset -> now.getOrDefault(offset.getKey(), offset.getValue()) > offset.getValue());
            if (works || System.nanoTime() > deadline) {
                return found;
            }
        }
        return found;
    }

    private List<MemberDescription> members(Admin admin, Predicate<MemberDescription> which) {
        return Topics.members(admin, group).stream().filter(which).toList();
    }

    private static List<TopicPartition> partitions(List<MemberDescription> members) {
        return members.stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .toList();
    }

    private Map<TopicPartition, Long> committed(Admin admin) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try {
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            offsets.put(partition, offset.offset());
                        }
                    });
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException refused) {
                throw refused;
            }
            throw new KafkaException("cannot ask for the offsets of group " + group, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking for the offsets of group " + group, e);
        }
        return offsets;
    }
}
