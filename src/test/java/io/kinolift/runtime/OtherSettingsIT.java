package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.runtime.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances of one application with different settings. */
class OtherSettingsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private KinoliftStreams start(ChaosTopics topics, String instance, Map<String, String> settings) {
        KinoliftStreams streams = topics.start(folder.resolve(instance), instance, settings);
        Awaitility.await().atMost(PATIENCE).until(() -> streams.kafka().state() == KafkaStreams.State.RUNNING);
        return streams;
    }

    @Test
    void bothSayIt_untilOneIsGone() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics topics = new ChaosTopics(clients, "differ", 2, (short) 1).create();
            try (KinoliftStreams first = start(topics, "one", Map.of())) {
                try (KinoliftStreams alike = start(topics, "two", Map.of("kinolift.threads", "1"))) {
                    assertThat(alike.otherSettings()).isEmpty();
                }
                try (KinoliftStreams other = start(topics, "three", Map.of("kinolift.scale.factor", "1,2,2"))) {
                    assertThat(other.otherSettings()).hasValue("one on 127.0.0.1, two on 127.0.0.1");
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .untilAsserted(
                                    () -> assertThat(first.otherSettings()).hasValue("three on 127.0.0.1"));
                    // The second has stopped, and its session ends.
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .untilAsserted(
                                    () -> assertThat(other.otherSettings()).hasValue("one on 127.0.0.1"));
                }
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(first.otherSettings()).isEmpty());
            }
        }
    }

    /** Brokers keep the client id of a lasting member through its restarts. */
    @Test
    void oneIsStartedAnewAtOnce_itIsKnownByItsNewSettings() throws Exception {
        Map<String, String> changed = Map.of("kinolift.scale.factor", "1,2,2");
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics topics = new ChaosTopics(clients, "rolled", 2, (short) 1).create();
            KinoliftStreams first = start(topics, "one", Map.of());
            KinoliftStreams second = start(topics, "two", Map.of());
            try {
                first.close();
                first = start(topics, "one", changed);
                KinoliftStreams unchanged = second;
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(unchanged.otherSettings()).hasValue("one on 127.0.0.1"));
                second.close();
                second = start(topics, "two", changed);
                assertThat(second.otherSettings()).isEmpty();
                KinoliftStreams again = first;
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(again.otherSettings()).isEmpty());
            } finally {
                first.close();
                second.close();
            }
        }
    }

    @Test
    void sharedWindows_areRefusedBesideOtherSettings_untilTheseAreGone() throws Exception {
        Map<String, String> spread = Map.of("kinolift.parallelism", "window");
        Map<String, String> changed = Map.of("kinolift.parallelism", "window", "kinolift.scale.factor", "1,2,2");
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics topics = new ChaosTopics(clients, "mixed", 1, (short) 1).create();
            try (KinoliftStreams whole = start(topics, "one", Map.of())) {
                assertThatThrownBy(() -> topics.start(folder.resolve("two"), "two", spread))
                        .hasMessage("expected the settings of the other instances of group mixed, found"
                                + " kinolift.parallelism=window here, and another value at one on 127.0.0.1, which work"
                                + " or stopped less than 6 s ago. Stop all of them before this is changed");
                assertThat(whole.lastThreadFailure()).isEmpty();
            }
            // The same instance need not wait, and is known by its new settings.
            try (KinoliftStreams shared = start(topics, "one", spread)) {
                assertThatThrownBy(() -> topics.start(folder.resolve("two"), "two", Map.of()))
                        .hasMessageContaining("found kinolift.parallelism=stream here, and another value at one on");
                assertThatThrownBy(() -> topics.start(folder.resolve("two"), "two", changed))
                        .hasMessageContaining("and other settings that shape pictures at one on 127.0.0.1");
                try (KinoliftStreams second = start(topics, "two", spread)) {
                    assertThat(second.otherSettings()).isEmpty();
                }
                // Else windows that are on their way to it would wait until its session is over.
                try (Admin admin = Admin.create(Map.copyOf(clients))) {
                    assertThat(Topics.members(admin, "mixed"))
                            .extracting(member -> member.groupInstanceId().orElseThrow())
                            .isNotEmpty()
                            .allMatch(name -> name.startsWith("one-"));
                }
                assertThat(shared.lastThreadFailure()).isEmpty();
            }
        }
    }
}
