package io.kinolift.runtime;

import io.kinolift.runtime.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to start under the instance id of another instance that runs. Kafka would let the newcomer in and throw the
 * other one out.
 *
 * <p>A member of the group with this name may also be this instance before its restart. Kafka Streams keeps a number in
 * the state folder and puts it into the names of its clients, so a member with this number is our own. One with another
 * number is either dead, because the state folder was deleted, or another instance: it commits, or it is still there
 * when the session of a dead one would be over.
 *
 * @param applicationId also the group
 * @param instanceId of the instance that starts
 * @param state folder of the application's stores, which need not exist
 * @param session how long a dead member stays in the group
 */
record SameName(String applicationId, String instanceId, Path state, Duration session) {
    private static final Logger LOG = LoggerFactory.getLogger(SameName.class);
    /** Kafka Streams' own file. */
    private static final String PROCESS = "kafka-streams-process-metadata";

    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Duration INTERVAL = Duration.ofMillis(500);
    /** The broker looks at sessions now and then. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** @throws IllegalStateException naming the other instance */
    void requireFree(Admin admin) {
        try {
            List<MemberDescription> others = others(admin);
            if (!others.isEmpty()) {
                await(admin, others);
            }
        } catch (AuthorizationException e) {
            LOG.debug("cannot ask for the members of the group", e);
        }
    }

    private void await(Admin admin, List<MemberDescription> found) {
        LOG.warn(
                "{} is in group {} already, from another state folder: waiting until its session is over, up to {} s",
                text(found),
                applicationId,
                session.toSeconds());
        long deadline = System.nanoTime() + session.plus(GRACE).toNanos();
        Map<TopicPartition, Long> before = committed(admin);
        List<MemberDescription> others = others(admin);
        while (!others.isEmpty()) {
            before.keySet().retainAll(partitions(others));
            LockSupport.parkNanos(INTERVAL.toNanos());
            // Ignore partitions that moved to a third instance.
            Map<TopicPartition, Long> now = committed(admin);
            others = others(admin);
            before.keySet().retainAll(partitions(others));
            boolean works = before.entrySet().stream()
                    .anyMatch(offset -> now.getOrDefault(offset.getKey(), offset.getValue()) > offset.getValue());
            if (works || (!others.isEmpty() && System.nanoTime() > deadline)) {
                throw new IllegalStateException("expected an instance id of its own (--instance-id), found "
                        + text(others) + " at work in group " + applicationId
                        + ". Another application needs a name of its own (--set application.id=NAME)");
            }
        }
    }

    private List<MemberDescription> others(Admin admin) {
        Optional<String> own = ownNumber();
        return Topics.members(admin, applicationId).stream()
                .filter(member -> member.groupInstanceId()
                        .filter(name -> name.matches("\\Q" + instanceId + "\\E-\\d+"))
                        .isPresent())
                .filter(member -> number(member.clientId())
                        .filter(number -> !Optional.of(number).equals(own))
                        .isPresent())
                .toList();
    }

    private Optional<String> ownNumber() {
        try {
            return number(Files.readString(state.resolve(PROCESS)));
        } catch (IOException _) {
            // A new folder.
            return Optional.empty();
        }
    }

    /** A client that somebody has named ({@code client.id}) may have none. */
    private static Optional<String> number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    private static String text(List<MemberDescription> members) {
        MemberDescription first = members.getFirst();
        return first.groupInstanceId().orElseThrow() + " on " + first.host();
    }

    private static List<TopicPartition> partitions(List<MemberDescription> members) {
        return members.stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .toList();
    }

    private Map<TopicPartition, Long> committed(Admin admin) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try {
            admin.listConsumerGroupOffsets(applicationId)
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
            throw new KafkaException("cannot ask for the offsets of group " + applicationId, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking for the offsets of group " + applicationId, e);
        }
        return offsets;
    }
}
