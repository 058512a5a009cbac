package io.kinolift.live.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.topology.InputTopics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupViewTest {
    private final GroupView view = new GroupView(new InputTopics("frames"));
    private final Instance self =
            new Instance("me", "", "http://127.0.0.1:1/", true, Map.of("frames", new TreeSet<>(Set.of(0, 1))));

    private static Set<TopicPartition> partitions(int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(number -> new TopicPartition("frames", number))
                .collect(Collectors.toSet());
    }

    private static MemberDescription member(String client, String lasting, int... partitions) {
        return new MemberDescription(
                client,
                Optional.ofNullable(lasting),
                Optional.empty(),
                client,
                "/10.0.0.7",
                new MemberAssignment(partitions(partitions)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private record Address(HostInfo hostInfo, Set<TopicPartition> topicPartitions) implements StreamsMetadata {
        @Override
        public Set<String> stateStoreNames() {
            return Set.of();
        }

        @Override
        public Set<TopicPartition> standbyTopicPartitions() {
            return Set.of();
        }

        @Override
        public Set<String> standbyStateStoreNames() {
            return Set.of();
        }

        @Override
        public String host() {
            return hostInfo.host();
        }

        @Override
        public int port() {
            return hostInfo.port();
        }
    }

    @Test
    void threadsOfAnInstance_areOne_andItsPageIsFoundByItsPartitions() {
        List<Instance> all = view.instances(
                self,
                List.of(
                        member("me-StreamThread-1-consumer", null, 0, 1),
                        member("b-StreamThread-1-consumer", null, 2),
                        member("b-StreamThread-2-consumer", null, 3),
                        member("c-StreamThread-1-consumer", "cam-west-1", 4)),
                List.of(new Address(new HostInfo("b.example", 8080), partitions(2, 3))));
        assertThat(all)
                .containsExactly(
                        new Instance("me", "10.0.0.7", "http://127.0.0.1:1/", true, self.partitions()),
                        new Instance(
                                "b",
                                "10.0.0.7",
                                "http://b.example:8080/",
                                false,
                                Map.of("frames", new TreeSet<>(Set.of(2, 3)))),
                        new Instance("cam-west", "10.0.0.7", "", false, Map.of("frames", new TreeSet<>(Set.of(4)))));
    }

    @Test
    void whenTheGroupMayNotBeSeen_addressesAreLeft() {
        List<Instance> all = view.instances(
                self,
                List.of(),
                List.of(
                        new Address(new HostInfo("a", 1), partitions(0, 1)),
                        new Address(new HostInfo("b", 2), partitions(2))));
        assertThat(all).extracting(Instance::name).containsExactly("me", "b:2");
    }

    @ParameterizedTest
    @CsvSource({
        "host, http://host:80/",
        "a.b-c.example, http://a.b-c.example:80/",
        "10.1.2.3, http://10.1.2.3:80/",
        "::1, http://[::1]:80/"
    })
    void anAddress_isALink(String host, String expected) {
        assertThat(PageAddress.of(new HostInfo(host, 80))).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "evil.example/x?", "user@evil", "javascript:alert(1)//", "\"onclick", "ä", "::1]x"})
    void whatIsNoHost_isNoLink(String host) {
        assertThat(PageAddress.of(new HostInfo(host, 80))).isEmpty();
    }

    @Test
    void aPortThatIsNone_isNoLink() {
        assertThat(PageAddress.of(new HostInfo("a", 0))).isEmpty();
        assertThat(PageAddress.of(new HostInfo("a", 70_000))).isEmpty();
    }
}
