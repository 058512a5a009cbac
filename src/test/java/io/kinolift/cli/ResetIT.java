package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.KinoliftConfig;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application starts over, but only if nobody is at work and somebody has said yes. */
class ResetIT {
    private static final Set<String> TOPICS = Set.of(
            "kinolift.frames", "kinolift.upscaled", "kinolift.dead-letters", "kinolift.accounts", "kinolift.audio");

    @TempDir
    private Path folder;

    private static CommandLineProgram.Outcome run(EmbeddedBroker broker, String... arguments) {
        return CommandLineProgram.run(
                Stream.concat(Stream.of(arguments), Stream.of("--bootstrap-server", broker.bootstrapServers()))
                        .toArray(String[]::new));
    }

    private static CommandLineProgram.Outcome answer(String text, EmbeddedBroker broker, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            return run(broker, arguments);
        } finally {
            System.setIn(before);
        }
    }

    private void upscale(EmbeddedBroker broker, Runnable whileRunning) throws Exception {
        Map<String, String> clients = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "session.timeout.ms",
                "6000",
                "heartbeat.interval.ms",
                "1000");
        try (KinoliftStreams streams =
                new KinoliftStreams(new KinoliftConfig(Map.of()), clients, folder.resolve("state"))) {
            streams.start();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> streams.kafka().state() == KafkaStreams.State.RUNNING);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> run(broker, "streams", "s").output().contains("state      ended"));
            whileRunning.run();
        }
    }

    @Test
    void reset_readsTheFramesAgain() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults());
                Admin admin = Admin.create(new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers())))) {
            String state = folder.resolve("state").toString();
            assertThat(run(broker, "reset", "--state-dir", state).output()).contains("nothing to reset");
            assertThat(run(broker, "topics").code()).isZero();
            assertThat(run(broker, "ingest", "lavfi:testsrc2=size=64x48:rate=25", "--stream", "s", "--duration", "1")
                            .code())
                    .isZero();
            upscale(broker, () -> {
                for (String[] command : List.of(
                        new String[] {"reset", "--yes", "--state-dir", state},
                        new String[] {"topics", "--delete", "--yes"})) {
                    CommandLineProgram.Outcome outcome = run(broker, command);
                    assertThat(outcome.code()).isEqualTo(1);
                    assertThat(outcome.output())
                            .contains("expected no running instance of kinolift, found", "Nothing was deleted");
                }
            });
            for (String no : List.of("", "no\n", "maybe\n")) {
                CommandLineProgram.Outcome outcome = answer(no, broker, "reset", "--state-dir", state, "--wait", "60");
                assertThat(outcome.code()).isEqualTo(1);
                assertThat(outcome.output())
                        .contains(
                                "kinolift-windows-changelog", "consumer group kinolift", state, "Nothing was deleted");
            }
            assertThat(Topics.names(admin)).contains("kinolift-windows-changelog");
            CommandLineProgram.Outcome reset = answer("yes\n", broker, "reset", "--state-dir", state);
            assertThat(reset.code()).as(reset.output()).isZero();
            assertThat(Topics.names(admin)).containsExactlyInAnyOrderElementsOf(TOPICS);
            assertThat(Files.exists(folder.resolve("state").resolve("kinolift")))
                    .isFalse();
            assertThat(run(broker, "streams").output()).contains("no streams yet");
            assertThat(run(broker, "topics", "--check").output()).contains("topics are fit");
            upscale(broker, () -> {});
            CommandLineProgram.Outcome audit = run(broker, "audit");
            assertThat(audit.code()).as(audit.output()).isZero();
            assertThat(audit.output()).contains("received 25");
            assertThat(answer("no\n", broker, "topics", "--delete", "--wait", "60")
                            .code())
                    .isEqualTo(1);
            CommandLineProgram.Outcome deleted = answer("yes\n", broker, "topics", "--delete");
            assertThat(deleted.code()).as(deleted.output()).isZero();
            assertThat(Topics.names(admin)).doesNotContainAnyElementsOf(TOPICS);
        }
    }
}
