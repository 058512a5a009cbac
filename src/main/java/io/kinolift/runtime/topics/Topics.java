package io.kinolift.runtime.topics;

import io.kinolift.topology.InputTopics;
import io.kinolift.topology.TopologySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics with the sizes that frames need.
 *
 * @param audio the topic of sound; null if there is to be none
 * @param partitions of every new topic
 * @param replicationFactor -1 takes the broker's default
 * @param maxMessageBytes largest batch of every topic, in bytes
 * @param segmentBytes size of a log file, in bytes; raised to {@code maxMessageBytes}, for a batch must fit one
 * @param retentionMillis how long frames are kept, -1 without limit; accounts are compacted instead
 */
public record Topics(
        String frames,
        String upscaled,
        String deadLetters,
        String accounts,
        String audio,
        int partitions,
        short replicationFactor,
        int maxMessageBytes,
        int segmentBytes,
        long retentionMillis) {
    /** A broker deletes whole files of a log, so smaller ones leave sooner. */
    public static final int USUAL_SEGMENT_BYTES = 256 << 20;

    static final String MAX_MESSAGE_BYTES = "max.message.bytes";
    private static final Duration VISIBLE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration VISIBLE_INTERVAL = Duration.ofMillis(20);

    /** The four topics of the application. */
    public Topics(
            String frames,
            String upscaled,
            String deadLetters,
            String accounts,
            int partitions,
            short replicationFactor,
            int maxMessageBytes,
            int segmentBytes,
            long retentionMillis) {
        this(
                frames,
                upscaled,
                deadLetters,
                accounts,
                null,
                partitions,
                replicationFactor,
                maxMessageBytes,
                segmentBytes,
                retentionMillis);
    }

    /** Something that is not as it should be, and the command that mends it. */
    public record Finding(String topic, String problem, String remedy) {
        @Override
        public String toString() {
            return topic + ": " + problem + "; " + remedy;
        }
    }

    /**
     * Creates missing topics and does not change existing ones.
     *
     * @return the names of those created
     * @throws KafkaException if the cluster refuses or cannot be reached
     */
    public List<String> create(Admin admin) {
        Set<String> existing = get(admin.listTopics().names());
        List<NewTopic> missing = names().stream()
                .filter(name -> !existing.contains(name))
                .map(this::topic)
                .toList();
        List<String> created = new ArrayList<>();
        admin.createTopics(missing).values().forEach((name, result) -> {
            try {
                get(result);
                created.add(name);
            } catch (TopicExistsException e) {
                // Another instance was faster.
            }
        });
        awaitVisible(admin);
        return created;
    }

    /** The controller creates topics; the broker that is asked may learn of them a moment later. */
    private void awaitVisible(Admin admin) {
        await(
                () -> get(admin.listTopics().names()).containsAll(names()),
                () -> "expected the topics " + names() + ", found "
                        + get(admin.listTopics().names()));
    }

    static void await(BooleanSupplier visible, Supplier<String> problem) {
        long deadline = System.nanoTime() + VISIBLE_TIMEOUT.toNanos();
        while (!visible.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        problem.get() + ", " + VISIBLE_TIMEOUT.toSeconds() + " s after the cluster had agreed");
            }
            LockSupport.parkNanos(VISIBLE_INTERVAL.toNanos());
        }
    }

    /** The faults that stop frames from flowing; empty if there are none. */
    public List<Finding> check(Admin admin) {
        List<Finding> findings = new ArrayList<>();
        Set<String> existing = get(admin.listTopics().names());
        for (String name : names()) {
            if (!existing.contains(name)) {
                findings.add(new Finding(name, "missing", "create it with: kinolift topics"));
            } else {
                checkSize(admin, name, findings);
            }
        }
        return findings;
    }

    private void checkSize(Admin admin, String name, List<Finding> findings) {
        int found = maxMessageBytes(admin, name);
        if (found < maxMessageBytes) {
            findings.add(new Finding(
                    name,
                    MAX_MESSAGE_BYTES + " expected at least " + maxMessageBytes + ", found " + found,
                    raiseCommand(name, maxMessageBytes)));
        }
    }

    static String raiseCommand(String name, int maxMessageBytes) {
        return "mend it with: kafka-configs.sh --alter --entity-type topics --entity-name " + name + " --add-config "
                + MAX_MESSAGE_BYTES + "=" + maxMessageBytes;
    }

    /** All topics that this login may see. */
    public static Set<String> names(Admin admin) {
        return get(admin.listTopics().names());
    }

    public static boolean exists(Admin admin, String topic) {
        return get(admin.listTopics().names()).contains(topic);
    }

    public static int partitions(Admin admin, String topic) {
        return get(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .partitions()
                .size();
    }

    /** The most partitions that an input topic has. */
    public static int partitions(Admin admin, InputTopics inputs) {
        return inputs(admin, inputs).stream()
                .mapToInt(topic -> partitions(admin, topic))
                .max()
                .orElseThrow(() -> new IllegalStateException(noInput(inputs)));
    }

    /** The names of input topics: as they are given, or those that exist and match. */
    public static List<String> inputs(Admin admin, InputTopics inputs) {
        return inputs.isPattern() ? inputs(get(admin.listTopics().names()), inputs) : inputs.names();
    }

    private static List<String> inputs(Set<String> existing, InputTopics inputs) {
        return inputs.isPattern()
                ? existing.stream().filter(inputs::matches).sorted().toList()
                : inputs.names();
    }

    static String noInput(InputTopics inputs) {
        return "expected topics that match " + inputs + " (kinolift.frames.topic), found none";
    }

    /** The stream threads of an application, on all instances; and those that stopped less than a session timeout ago. */
    public static Collection<MemberDescription> members(Admin admin, String applicationId) {
        try {
            return get(admin.describeConsumerGroups(List.of(applicationId)).all())
                    .get(applicationId)
                    .members();
        } catch (GroupIdNotFoundException e) {
            return List.of();
        }
    }

    /**
     * The largest batch that the topic takes, in bytes: its own setting, else the broker's.
     *
     * @throws KafkaException if there is no such topic or the cluster cannot be reached
     */
    public static int maxMessageBytes(Admin admin, String topic) {
        // A description has the broker's value where the topic has none of its own.
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config;
        try {
            config = get(admin.describeConfigs(List.of(resource)).values().get(resource));
        } catch (AuthorizationException e) {
            throw new AuthorizationException(
                    "expected the right DESCRIBE_CONFIGS on topic " + topic + ", found it missing", e);
        }
        return Integer.parseInt(config.get(MAX_MESSAGE_BYTES).value());
    }

    /**
     * Makes sure that the topics exist and have sizes in common.
     *
     * @return the largest batch that the output and dead-letter topics both take, in bytes
     * @throws IllegalStateException naming a topic that is missing, or a cluster that cannot be reached
     */
    public static int requireFit(Admin admin, TopologySettings.TopicNames topics) {
        try {
            Set<String> existing = get(admin.listTopics().names());
            List<String> needed = new ArrayList<>(inputs(existing, topics.inputs()));
            if (needed.isEmpty()) {
                throw new IllegalStateException(noInput(topics.inputs()));
            }
            needed.addAll(topics.written());
            for (String name : needed) {
                if (!existing.contains(name)) {
                    throw new IllegalStateException(missing(name));
                }
            }
            int limit =
                    Math.min(maxMessageBytes(admin, topics.upscaled()), maxMessageBytes(admin, topics.deadLetters()));
            if (limit < TopologySettings.LEAST_RECORD_BYTES) {
                throw new IllegalStateException("expected " + MAX_MESSAGE_BYTES + " of at least "
                        + TopologySettings.LEAST_RECORD_BYTES + " for " + topics.upscaled() + " and "
                        + topics.deadLetters() + ", found " + limit);
            }
            return limit;
        } catch (KafkaException e) {
            throw new IllegalStateException("the cluster cannot be asked for its topics: " + e.getMessage(), e);
        }
    }

    static String missing(String name) {
        return "expected a topic " + name
                + " that this login may DESCRIBE, found none; create it with: kinolift topics";
    }

    /** Those of the topics that exist and may be seen. */
    public static Map<String, TopicDescription> describe(Admin admin, Collection<String> names) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, topic) -> {
            try {
                found.put(name, get(topic));
            } catch (UnknownTopicOrPartitionException | TopicAuthorizationException e) {
                // Left out.
            }
        });
        return found;
    }

    private List<String> names() {
        return Stream.of(frames, upscaled, deadLetters, accounts, audio)
                .filter(name -> name != null)
                .toList();
    }

    private NewTopic topic(String name) {
        Map<String, String> config = new HashMap<>();
        config.put(MAX_MESSAGE_BYTES, Integer.toString(maxMessageBytes));
        config.put("segment.bytes", Integer.toString(Math.max(segmentBytes, maxMessageBytes)));
        if (name.equals(accounts)) {
            config.put("cleanup.policy", "compact");
        } else {
            config.put("cleanup.policy", "delete");
            config.put("retention.ms", Long.toString(retentionMillis));
        }
        return new NewTopic(name, partitions, replicationFactor).configs(config);
    }

    static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the cluster", e);
        }
    }
}
