package io.kinolift.live.cluster;

import io.kinolift.runtime.group.MemberNames;
import io.kinolift.topology.InputTopics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsMetadata;

/**
 * The instances, from three sides: this one knows itself, the consumer group has a member for each stream thread, and Kafka
 * Streams has the addresses that instances say of themselves. Members and addresses have partitions in common.
 */
final class GroupView {
    private final InputTopics inputs;

    GroupView(InputTopics inputs) {
        this.inputs = inputs;
    }

    /**
     * All instances, this one first, the others by name.
     *
     * @param members of the group; empty if they may not be seen
     * @param addresses from Kafka Streams
     */
    List<Instance> instances(
            Instance self, Collection<MemberDescription> members, Collection<StreamsMetadata> addresses) {
        Map<String, Set<TopicPartition>> partitions = new TreeMap<>();
        Map<String, String> hosts = new LinkedHashMap<>();
        for (MemberDescription member : members) {
            String name = MemberNames.of(member);
            hosts.putIfAbsent(name, MemberNames.host(member));
            partitions
                    .computeIfAbsent(name, _ -> new LinkedHashSet<>())
                    .addAll(inputs(member.assignment().topicPartitions()));
        }
        String ownHost = hosts.getOrDefault(self.name(), self.host());
        List<Instance> all = new ArrayList<>();
        all.add(new Instance(self.name(), ownHost, self.page(), true, self.partitions()));
        Set<TopicPartition> known = new LinkedHashSet<>();
        partitions.remove(self.name());
        partitions.forEach((name, assigned) -> {
            known.addAll(assigned);
            String page = assigned.isEmpty() ? "" : page(assigned, addresses).orElse("");
            all.add(new Instance(name, hosts.get(name), page, false, Instance.byTopic(assigned)));
        });
        unknown(self, known, addresses).forEach(all::add);
        return all;
    }

    private Set<TopicPartition> inputs(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> inputs.matches(partition.topic()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Optional<String> page(Set<TopicPartition> assigned, Collection<StreamsMetadata> addresses) {
        return addresses.stream()
                .filter(each -> each.topicPartitions().stream().anyMatch(assigned::contains))
                .findFirst()
                .flatMap(each -> PageAddress.of(each.hostInfo()));
    }

    /** Those that are known by their address only, because the group may not be seen. */
    private List<Instance> unknown(Instance self, Set<TopicPartition> known, Collection<StreamsMetadata> addresses) {
        List<Instance> found = new ArrayList<>();
        for (StreamsMetadata each : addresses) {
            Set<TopicPartition> own = inputs(each.topicPartitions());
            boolean isNew =
                    own.stream().noneMatch(one -> known.contains(one) || self.has(one.topic(), one.partition()));
            if (isNew && !own.isEmpty()) {
                String name = each.host() + ":" + each.port();
                String page = PageAddress.of(each.hostInfo()).orElse("");
                found.add(new Instance(name, each.host(), page, false, Instance.byTopic(own)));
            }
        }
        return found;
    }

    /** Partitions of the input that this instance works on. */
    Set<TopicPartition> own(Collection<TopicPartition> assigned) {
        return inputs(assigned);
    }
}
