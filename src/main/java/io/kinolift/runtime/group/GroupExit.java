package io.kinolift.runtime.group;

import io.kinolift.runtime.topics.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes memberships of this instance out of its group when it has to be assigned anew.
 *
 * <ul>
 *   <li>Kafka Streams leaves the membership of a failed stream thread in the group. Its successor has another number and
 *       so another membership: the group would wait for the dead one until its session times out.
 *   <li>A member that comes back under its own name gets its former partitions without a new assignment (KIP-814). What
 *       the topic got meanwhile would belong to nobody.
 *   <li>It also keeps the client id that it first joined with, and with it the mark of its former settings ({@link
 *       SettingsMark}).
 * </ul>
 *
 * @param instanceId the instance's lasting name in the group; a member without one cannot be named
 */
public record GroupExit(Map<String, Object> clientSettings, String applicationId, Optional<String> instanceId) {
    private static final Logger LOG = LoggerFactory.getLogger(GroupExit.class);

    /** Returns at once; the membership is taken out when the thread has ended. */
    public void follow(Thread failed) {
        if (instanceId.isPresent()) {
            Thread.ofVirtual().name("group-exit").start(() -> leave(failed));
        }
    }

    private void leave(Thread failed) {
        // Kafka Streams gives each thread's member the number of the thread.
        String member = instanceId.orElseThrow()
                + failed.getName().substring(failed.getName().lastIndexOf('-'));
        try {
            failed.join();
            try (Admin admin = Admin.create(clientSettings)) {
                remove(admin, List.of(member));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Before the start: leaves the group if a partition of the topics belongs to no member of it, or if a membership of
     * before has another mark.
     */
    public void leaveIfOutdated(Admin admin, List<String> topics, SettingsMark mark) {
        if (instanceId.isEmpty()) {
            return;
        }
        Collection<MemberDescription> members;
        try {
            members = Topics.members(admin, applicationId);
        } catch (AuthorizationException e) {
            LOG.debug("cannot ask for the members of the group", e);
            return;
        }
        long assigned = members.stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .filter(partition -> topics.contains(partition.topic()))
                .distinct()
                .count();
        long all = topics.stream()
                .mapToLong(topic -> Topics.partitions(admin, topic))
                .sum();
        List<MemberDescription> own = members.stream()
                .filter(member -> MemberNames.isOf(member, instanceId.get()))
                .toList();
        boolean marked =
                own.stream().map(member -> SettingsMark.of(member.clientId())).allMatch(Optional.of(mark)::equals);
        if (assigned < all || !marked) {
            remove(
                    admin,
                    own.stream()
                            .flatMap(member -> member.groupInstanceId().stream())
                            .toList());
        }
    }

    private void remove(Admin admin, List<String> members) {
        if (members.isEmpty()) {
            return;
        }
        Set<MemberToRemove> named = members.stream().map(MemberToRemove::new).collect(Collectors.toSet());
        try {
            admin.removeMembersFromConsumerGroup(applicationId, new RemoveMembersFromConsumerGroupOptions(named))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            LOG.debug("{} stay in the group until their session times out", members, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
