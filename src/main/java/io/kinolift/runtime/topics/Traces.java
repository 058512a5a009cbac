package io.kinolift.runtime.topics;

import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.topology.UpscaleTopology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * What an application has left on a cluster, and how to remove it, so that it starts over.
 *
 * @param group the consumer group; null if there is none
 * @param changelogs topics that are deleted, those between instances too; the application makes them again
 * @param emptied topics whose records are deleted
 * @param anew topics that are deleted and made again as they are, because compacted ones cannot be emptied
 */
public record Traces(String group, List<String> changelogs, List<String> emptied, List<String> anew) {
    /**
     * Looks at what there is.
     *
     * @param withFrames whether the input is to be emptied too; if not, it is read again from its first record
     */
    public static Traces of(Admin admin, TopicNames names, String applicationId, boolean withFrames) {
        Set<String> existing = Topics.names(admin);
        Collection<GroupListing> groups = Topics.get(admin.listGroups().all());
        List<String> emptied = new ArrayList<>(List.of(names.upscaled(), names.deadLetters()));
        if (withFrames) {
            emptied.addAll(0, Topics.inputs(admin, names.inputs()));
        }
        emptied.retainAll(existing);
        return new Traces(
                groups.stream().anyMatch(group -> group.groupId().equals(applicationId)) ? applicationId : null,
                Stream.of(UpscaleTopology.changelogs(applicationId), new SpreadTopics(applicationId).names())
                        .flatMap(List::stream)
                        .filter(existing::contains)
                        .toList(),
                emptied,
                existing.contains(names.accounts()) ? List.of(names.accounts()) : List.of());
    }

    public boolean isEmpty() {
        return group == null && changelogs.isEmpty() && emptied.isEmpty() && anew.isEmpty();
    }

    /** One line for each thing that {@link #remove} does. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (group != null) {
            lines.add("consumer group " + group + ": delete it and its offsets");
        }
        changelogs.forEach(name -> lines.add("topic " + name + ": delete it (the application makes it again)"));
        emptied.forEach(name -> lines.add("topic " + name + ": delete its records"));
        anew.forEach(name -> lines.add("topic " + name + ": delete it and make it again as it is"));
        return lines;
    }

    /** The group goes first: it cannot be deleted while an instance runs, and then nothing has been touched. */
    public void remove(Admin admin, Consumer<String> told) {
        if (group != null) {
            Topics.get(admin.deleteConsumerGroups(List.of(group)).all());
            told.accept("deleted consumer group " + group);
        }
        delete(admin, changelogs);
        changelogs.forEach(name -> told.accept("deleted topic " + name));
        emptied.forEach(name -> {
            empty(admin, name);
            told.accept("emptied topic " + name);
        });
        anew.forEach(name -> {
            makeAnew(admin, name);
            told.accept("made topic " + name + " anew");
        });
    }

    /** Deletes topics, and waits until they are gone. */
    public static void delete(Admin admin, Collection<String> names) {
        Topics.get(admin.deleteTopics(names).all());
        Topics.await(
                () -> Topics.names(admin).stream().noneMatch(names::contains),
                () -> "expected the topics " + names + " to be gone, found them");
    }

    private static void empty(Admin admin, String name) {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (int partition = 0; partition < Topics.partitions(admin, name); partition++) {
            // -1 is the end.
            all.put(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(-1));
        }
        Topics.get(admin.deleteRecords(all).all());
    }

    private static void makeAnew(Admin admin, String name) {
        TopicDescription description = Topics.describe(admin, List.of(name)).get(name);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Config config =
                Topics.get(admin.describeConfigs(List.of(resource)).values().get(resource));
        Map<String, String> own = new HashMap<>();
        config.entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .forEach(entry -> own.put(entry.name(), entry.value()));
        short replicas = (short) description.partitions().getFirst().replicas().size();
        delete(admin, List.of(name));
        Topics.get(admin.createTopics(
                        List.of(new NewTopic(name, description.partitions().size(), replicas).configs(own)))
                .all());
        Topics.await(() -> Topics.names(admin).contains(name), () -> "expected the topic " + name);
    }
}
