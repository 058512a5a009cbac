package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.runtime.broker.BrokerFolder;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State folders that somebody has damaged, exchanged or brought from elsewhere while the application was stopped. */
@Tag("endurance")
class DamagedStateIT {
    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private Map<String, String> clients;

    /** What is done to one file of a task. */
    private enum Damage {
        SST_FLIPPED("windows/.*\\.sst", false),
        SST_CUT("windows/.*\\.sst", true),
        SST_OF_ACCOUNTS_FLIPPED("accounts/.*\\.sst", false),
        LOG_FLIPPED("windows/\\d+\\.log", false),
        MANIFEST_FLIPPED("windows/MANIFEST-.*", false),
        MANIFEST_CUT("windows/MANIFEST-.*", true),
        CURRENT_FLIPPED("windows/CURRENT", false),
        CURRENT_CUT("windows/CURRENT", true),
        CHECKPOINT_FLIPPED("\\.checkpoint", false),
        CHECKPOINT_CUT("\\.checkpoint", true);

        private final String file;
        private final boolean cut;

        Damage(String file, boolean cut) {
            this.file = file;
            this.cut = cut;
        }

        void apply(Path task, Random random) throws Exception {
            List<Path> found;
            try (Stream<Path> all = Files.walk(task)) {
                found = all.filter(Files::isRegularFile)
                        .filter(path -> task.relativize(path).toString().matches("(rocksdb/)?" + file))
                        .toList();
            }
            assertThat(found).as("%s in %s", this, task).hasSize(1);
            for (Path path : found) {
                byte[] bytes = Files.readAllBytes(path);
                if (cut) {
                    bytes = Arrays.copyOf(bytes, bytes.length / 2);
                } else {
                    // The write-ahead log is empty, as Kafka Streams does not use it.
                    bytes = Arrays.copyOf(bytes, Math.max(100, bytes.length));
                    for (int flips = 1 + bytes.length / 50; flips > 0; flips--) {
                        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
                    }
                }
                Files.write(path, bytes);
            }
        }
    }

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        clients = Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    @AfterEach
    void closeBroker() {
        broker.close();
    }

    @Test
    void filesOfEveryKindAreDamaged_theirTasksAreRestored() throws Exception {
        List<Damage> damages = List.of(Damage.values());
        try (Disturbance streams = new Disturbance(clients, "damaged", damages.size() + 1);
                Instance instance = streams.instance(folder, "one")) {
            work(streams, instance);
            for (int task = 0; task < damages.size(); task++) {
                damages.get(task).apply(instance.tasks().resolve("0_" + task), new Random(task));
            }
            Files.write(instance.tasks().resolve("kafka-streams-process-metadata"), new byte[] {1, 2, 3});
            Files.write(instance.tasks().resolve(".lock"), new byte[] {4, 5, 6});
            streams.send(12);
            instance.start();
            double outage = streams.secondsToOutput();
            streams.end();
            streams.assertWhole(folder);
            assertThat(instance.said())
                    .contains("are restored from their changelogs: their files are not those that the last run left")
                    .doesNotContain("0_" + damages.size() + " ")
                    .doesNotContain("a stream thread failed")
                    .doesNotContain("Exception");
            System.out.printf("%d tasks damaged: %.1f s from the start to output%n", damages.size(), outage);
        }
    }

    @Test
    void storesOfOtherTasksTimesAndApplications_areRestoredOrBroughtUpToDate() throws Exception {
        try (Disturbance streams = new Disturbance(clients, "exchanged", 2);
                Instance instance = streams.instance(folder, "one")) {
            work(streams, instance);
            Path tasks = instance.tasks();
            Path older = folder.resolve("older");
            copy(tasks, older);
            work(streams, instance);

            Path aside = tasks.resolve("aside");
            Files.move(tasks.resolve("0_0"), aside);
            Files.move(tasks.resolve("0_1"), tasks.resolve("0_0"));
            Files.move(aside, tasks.resolve("0_1"));
            work(streams, instance);
            assertThat(instance.said()).contains("tasks 0_0 0_1 are restored from their changelogs");

            BrokerFolder.deleteTree(tasks);
            copy(older, tasks);
            streams.send(12);
            streams.end();
            instance.start();
            streams.assertWhole(folder);
            instance.stop();

            ChaosTopics other = new ChaosTopics(clients, "exchanged-2", 2, (short) 1).create();
            try (Instance heir = new Instance(other, folder, "heir")) {
                copy(tasks, heir.tasks());
                heir.start();
                streams.assertWhole(other, other.read(2, Disturbance.PATIENCE), folder);
                assertThat(heir.said())
                        .contains("the application's group has no offsets, so input is read from its beginning");
            }
        }
    }

    /** As after brokers that lost their disks, or the reset tool of Kafka Streams. */
    @Test
    void theTopicsWereMadeAnew_storesOfTheOldOnesAreNotUsed() throws Exception {
        try (Disturbance streams = new Disturbance(clients, "anew", 2);
                Instance instance = streams.instance(folder, "one")) {
            work(streams, instance);
            streams.end();
            instance.start();
            streams.assertWhole(folder);
            instance.stop();
            makeAnew(streams.topics());
            instance.start();
            streams.assertWhole(streams.topics(), streams.topics().read(2, Disturbance.PATIENCE), folder);
            assertThat(instance.said())
                    .contains("the application's group has no offsets, so input is read from its beginning");
        }
    }

    /** Starts the instance, and stops it with frames in its stores. */
    private static void work(Disturbance streams, Instance instance) throws Exception {
        streams.send(12);
        instance.start();
        streams.awaitWork();
        instance.stop();
    }

    private void makeAnew(ChaosTopics topics) throws Exception {
        try (Admin admin = Admin.create(new HashMap<>(clients))) {
            admin.deleteTopics(admin.listTopics().names().get().stream()
                            .filter(name -> name.startsWith(topics.name() + "-"))
                            .filter(name -> !name.contains("calm"))
                            .toList())
                    .all()
                    .get();
            // The stopped instance is still a member, until its session times out.
            admin.removeMembersFromConsumerGroup(topics.name(), new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
            admin.deleteConsumerGroups(List.of(topics.name())).all().get();
        }
        topics.create();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path copy = to.resolve(from.relativize(path));
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy);
            }
        }
    }
}
