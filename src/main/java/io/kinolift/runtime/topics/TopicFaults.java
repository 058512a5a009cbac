package io.kinolift.runtime.topics;

import io.kinolift.topology.Spread;
import io.kinolift.topology.TopologySettings.TopicNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What about its topics keeps the application from running. It mends what is safe to mend:
 *
 * <ul>
 *   <li>Changelogs with fewer partitions than the frames topic, as after somebody altered that, are raised. The new
 *       partitions have no state yet, which is right, because the state of a stream belongs to the partition of its
 *       frames.
 *   <li>Changelogs that are deleted while the application runs are made again. The stores still have every row, and a
 *       stream writes its rows again with its next frames.
 * </ul>
 *
 * Topics between instances are not made again: what was in them is nowhere else.
 */
public final class TopicFaults {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFaults.class);

    private final TopicNames topics;
    private final List<String> changelogs;
    private final Optional<Spread> spread;
    private final RemadeInput remade;
    /** The changelogs as they were first seen. */
    private final Map<String, NewTopic> seen = new HashMap<>();

    /** The topics between instances as they were first seen. */
    private final Map<String, Uuid> between = new HashMap<>();

    private int mended;

    /**
     * @param changelogs of the application, that of the waiting frames first
     * @param spread the topics between instances, if there are any
     * @param remade is told of the input topics' ids
     */
    public TopicFaults(TopicNames topics, List<String> changelogs, Optional<Spread> spread, RemadeInput remade) {
        this.topics = topics;
        this.changelogs = changelogs;
        this.spread = spread;
        this.remade = remade;
    }

    /**
     * Mends what is safe to mend.
     *
     * @return what is left, one line each with its remedy; empty if nothing hinders
     * @throws org.apache.kafka.common.KafkaException if the cluster cannot be asked
     */
    public synchronized List<String> mend(Admin admin) {
        List<String> left = new ArrayList<>();
        List<String> inputs = Topics.inputs(admin, topics.inputs());
        if (inputs.isEmpty()) {
            left.add(Topics.noInput(topics.inputs()));
        }
        List<String> needed = new ArrayList<>(inputs);
        needed.addAll(topics.written());
        List<String> all = new ArrayList<>(needed);
        all.addAll(changelogs);
        List<String> shared = spread.map(Spread::topics).orElse(List.of());
        all.addAll(shared);
        Map<String, TopicDescription> found = Topics.describe(admin, all);
        remade.learn(found.values());
        needed.stream().filter(name -> !found.containsKey(name)).forEach(name -> left.add(Topics.missing(name)));
        shared.forEach(name -> watch(name, found.get(name), left));
        changelogs.forEach(name -> remember(admin, name, found.get(name), left));
        inputs.stream()
                .filter(found::containsKey)
                .max(Comparator.comparingInt(
                        name -> found.get(name).partitions().size()))
                .ifPresent(largest -> equalise(admin, largest, left));
        return left;
    }

    /** How many topics were mended so far. */
    public synchronized int mended() {
        return mended;
    }

    /** @param largest the input topic with the most partitions */
    private void equalise(Admin admin, String largest, List<String> left) {
        List<String> names = new ArrayList<>(List.of(largest));
        names.addAll(changelogs);
        spread.ifPresent(between -> names.add(between.outcomesTopic()));
        PartitionPlan plan = PartitionPlan.of(admin, names, 0);
        if (plan.steps().isEmpty()) {
            return;
        }
        PartitionPlan.Step first = plan.steps().getFirst();
        String text = first.topic() + ": partitions expected " + first.to() + ", found " + first.from() + "; " + largest
                + " and the changelogs must have the same number";
        if (first.topic().equals(largest)) {
            left.add(text + "; mend it with: " + plan.commands());
            return;
        }
        try {
            plan.run(admin, step -> {
                mended++;
                LOG.warn(
                        "{} has {} partitions now, so {} was raised from {}. A stream whose key belongs to "
                                + "another partition goes on there, with an account of its own: see kinolift audit",
                        largest,
                        step.to(),
                        step.topic(),
                        step.from());
            });
        } catch (AuthorizationException e) {
            left.add(text + ", and the right ALTER is missing; mend it with: " + plan.commands());
        }
    }

    /**
     * Makes changelogs that were deleted while the application was away. Kafka Streams would do it with the next
     * assignment, but a member that comes back under its own name gets its partitions without one.
     */
    public synchronized void restore(Admin admin, List<NewTopic> missing) {
        Map<String, TopicDescription> found = Topics.describe(admin, changelogs);
        missing.stream()
                .filter(topic -> !found.containsKey(topic.name()))
                .forEach(topic -> recreate(admin, topic, "was away"));
    }

    /** The topics between instances exist now; from here on, they must remain the same. */
    public synchronized void learnShared(Admin admin) {
        Topics.describe(admin, spread.map(Spread::topics).orElse(List.of()))
                .values()
                .forEach(topic -> between.put(topic.name(), topic.topicId()));
    }

    /** What was in it is nowhere else, so it is not made again; and if somebody else has done so, that is no better. */
    private void watch(String name, TopicDescription found, List<String> left) {
        Uuid known = between.get(name);
        if (known != null && found == null) {
            left.add(SpreadTopics.lost(name, "it deleted"));
        } else if (known != null && !known.equals(found.topicId())) {
            left.add(SpreadTopics.lost(name, "it deleted and made again"));
        }
    }

    private void remember(Admin admin, String name, TopicDescription found, List<String> left) {
        if (found == null && seen.containsKey(name)) {
            try {
                recreate(admin, seen.get(name), "runs");
            } catch (AuthorizationException e) {
                left.add(name + " was deleted while the application runs, and the right CREATE to make it again is "
                        + "missing: a restart lets Kafka Streams make it, with that right");
            }
        } else if (found != null && !seen.containsKey(name)) {
            short replicas = (short) found.partitions().getFirst().replicas().size();
            try {
                seen.put(
                        name,
                        new NewTopic(name, found.partitions().size(), replicas).configs(ownSettings(admin, name)));
                LOG.debug("{} can be made again if it is deleted", name);
            } catch (AuthorizationException e) {
                LOG.debug("{} cannot be made again if it is deleted: the right DESCRIBE_CONFIGS is missing", name);
            }
        }
    }

    private void recreate(Admin admin, NewTopic topic, String when) {
        try {
            Topics.get(admin.createTopics(List.of(topic)).all());
            mended++;
            Topics.await(
                    () -> Topics.exists(admin, topic.name()),
                    () -> "expected a topic " + topic.name() + ", found none");
            LOG.error(
                    "{} was deleted while the application {}, and is made again. Streams write their rows to it with "
                            + "their next frames; of streams that are silent, only the state folder has the rows",
                    topic.name(),
                    when);
        } catch (TopicExistsException e) {
            // Another instance was faster.
        }
    }

    private static Map<String, String> ownSettings(Admin admin, String name) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        return Topics.get(admin.describeConfigs(List.of(resource)).values().get(resource)).entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    /**
     * One line with its remedy for each changelog that takes no rows of the largest frames.
     *
     * @param wanted the settings that changelogs should have, by name
     */
    public List<String> tooSmall(Admin admin, Map<String, Map<String, String>> wanted) {
        List<String> lines = new ArrayList<>();
        wanted.forEach((name, settings) -> {
            int rowBytes = Integer.parseInt(settings.getOrDefault(Topics.MAX_MESSAGE_BYTES, "0"));
            if (Topics.exists(admin, name)) {
                lines.addAll(tooSmall(admin, name, rowBytes));
            }
        });
        return lines;
    }

    /** The same for the topics of outputs and of dead letters. */
    public List<String> lowered(Admin admin, int maxRecordBytes) {
        List<String> lines = new ArrayList<>(tooSmall(admin, topics.upscaled(), maxRecordBytes));
        lines.addAll(tooSmall(admin, topics.deadLetters(), maxRecordBytes));
        return lines;
    }

    private static List<String> tooSmall(Admin admin, String name, int maxRecordBytes) {
        int found = Topics.maxMessageBytes(admin, name);
        if (found >= maxRecordBytes) {
            return List.of();
        }
        return List.of(new Topics.Finding(
                        name,
                        Topics.MAX_MESSAGE_BYTES + " expected at least " + maxRecordBytes + ", found " + found,
                        Topics.raiseCommand(name, maxRecordBytes))
                .toString());
    }
}
