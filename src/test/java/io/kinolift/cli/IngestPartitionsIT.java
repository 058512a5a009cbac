package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.KafkaNode;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.transfer.Clients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Few streams over several partitions, from the sources to the list of streams. */
class IngestPartitionsIT {
    private static final String FRAMES = "kinolift.frames";
    private static final int PARTITIONS = 8;
    private static final int STREAMS = 6;

    @TempDir
    private Path folder;

    private static CommandLineProgram.Outcome run(String servers, String... arguments) {
        return CommandLineProgram.run(Stream.concat(Stream.of(arguments), Stream.of("--bootstrap-server", servers))
                .toArray(String[]::new));
    }

    private static String ingested(String servers, String stream, String... options) {
        CommandLineProgram.Outcome outcome = run(
                servers,
                Stream.concat(
                                Stream.of("ingest", "lavfi:testsrc2=size=64x48:rate=5:duration=1", "--stream", stream),
                                Stream.of(options))
                        .toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.output()).isZero();
        return outcome.output();
    }

    private static int hash(String stream) {
        return BuiltInPartitioner.partitionForKey(stream.getBytes(StandardCharsets.UTF_8), PARTITIONS);
    }

    /** By stream: the partitions that its frames are on. */
    private static Map<String, Set<Integer>> places(String servers) {
        Map<String, Set<Integer>> places = new TreeMap<>();
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(Map.of("bootstrap.servers", servers))) {
            List<TopicPartition> partitions = consumer.partitionsFor(FRAMES).stream()
                    .map(info -> new TopicPartition(FRAMES, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    places.computeIfAbsent(new String(record.key(), StandardCharsets.UTF_8), _ -> new TreeSet<>())
                            .add(record.partition());
                }
            }
        }
        return places;
    }

    /** Six names that a hash would put on one partition. */
    private static List<String> crowd() {
        return Stream.iterate(0, number -> number + 1)
                .map(number -> "camera-" + number)
                .filter(stream -> hash(stream) == 3)
                .limit(STREAMS)
                .toList();
    }

    @Test
    void sourcesAreSpread_andAKnownStreamStays() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            String servers = broker.bootstrapServers();
            assertThat(run(servers, "topics", "--partitions", Integer.toString(PARTITIONS))
                            .code())
                    .isZero();
            List<String> streams = crowd();
            StringBuilder yaml = new StringBuilder("sources:\n");
            streams.forEach(stream -> yaml.append("  - {stream: ")
                    .append(stream)
                    .append(", source: \"lavfi:testsrc2=size=64x48:rate=5:duration=1\"}\n"));
            Path file = Files.writeString(folder.resolve("cameras.yaml"), yaml);
            CommandLineProgram.Outcome outcome = run(servers, "ingest", "--sources", file.toString());
            assertThat(outcome.code()).as(outcome.output()).isZero();
            Map<String, Set<Integer>> before = places(servers);
            assertThat(before).hasSize(STREAMS);
            assertThat(before.values())
                    .allMatch(partitions -> partitions.size() == 1)
                    .doesNotHaveDuplicates();

            Map<String, String> clients = Map.of("bootstrap.servers", servers);
            try (KinoliftStreams application = new KinoliftStreams(new KinoliftConfig(Map.of()), clients, folder)) {
                application.start();
                Awaitility.await()
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> run(servers, "streams")
                                        .output()
                                        .lines()
                                        .filter(line -> line.matches("camera-\\d+ +ended .*"))
                                        .count()
                                == STREAMS);
            }
            String known = streams.getLast();
            assertThat(before.get(known)).isNotEqualTo(Set.of(hash(known)));
            ingested(servers, known);
            assertThat(places(servers)).isEqualTo(before);
        }
    }

    @Test
    void theUsersChoice_countsBeforeAllOthers() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            String servers = broker.bootstrapServers();
            assertThat(run(servers, "topics", "--partitions", "2").code()).isZero();
            for (String partition : List.of("2", "-1")) {
                CommandLineProgram.Outcome outcome =
                        run(servers, "ingest", "lavfi:testsrc2", "--stream", "s", "--partition=" + partition);
                assertThat(outcome.code()).isEqualTo(2);
                assertThat(outcome.output()).contains("expected", "found").contains(partition);
            }
            assertThat(run(servers, "ingest", "lavfi:testsrc2", "--stream", "s", "--partition", "2")
                            .output())
                    .contains("expected --partition 0 to 1 of kinolift.frames, found 2 for stream \"s\"");
            ingested(servers, "zero", "--partition", "0");
            ingested(servers, "one", "--partition", "1");
            assertThat(places(servers)).isEqualTo(Map.of("zero", Set.of(0), "one", Set.of(1)));
        }
    }

    @Test
    void whoMayNotReadAccounts_sendsByHash_andSaysSoOnce() throws Exception {
        List<KafkaNode> nodes = KafkaNode.cluster(
                folder,
                1,
                Map.of(
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "allow.everyone.if.no.acl.found",
                        "true"));
        try {
            String servers = KafkaNode.bootstrapServers(nodes);
            Map<String, String> clients = Map.of("bootstrap.servers", servers);
            KafkaNode.awaitBrokers(nodes, clients);
            assertThat(run(servers, "topics", "--partitions", Integer.toString(PARTITIONS))
                            .code())
                    .isZero();
            List<String> streams = crowd();
            try (Admin admin = Admin.create(new HashMap<>(clients))) {
                for (AclOperation denied : List.of(AclOperation.READ, AclOperation.DESCRIBE)) {
                    AclBinding binding = new AclBinding(
                            new ResourcePattern(ResourceType.TOPIC, "kinolift.accounts", PatternType.LITERAL),
                            new AccessControlEntry("User:*", "*", denied, AclPermissionType.DENY));
                    admin.createAcls(List.of(binding)).all().get();
                    // The controller has it now; the broker, which decides, a moment later.
                    Awaitility.await()
                            .until(() -> admin.describeAcls(binding.toFilter())
                                    .values()
                                    .get()
                                    .contains(binding));
                    String stream = streams.get(denied == AclOperation.READ ? 0 : 1);
                    assertThat(ingested(servers, stream))
                            .containsOnlyOnce(
                                    "go to the partitions of Kafka's hash, evenly or not, because this login may not read"
                                            + " kinolift.accounts");
                }
                assertThat(ingested(servers, "chosen", "--partition", "7"))
                        .contains("not checked whether a stream is open on another partition: this login may not read");
            }
            assertThat(places(servers))
                    .isEqualTo(Map.of(streams.get(0), Set.of(3), streams.get(1), Set.of(3), "chosen", Set.of(7)));
        } finally {
            KafkaNode.closeAll(nodes);
        }
    }
}
