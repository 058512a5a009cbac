package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.settings.KinoliftConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that exist get more partitions. */
class TopicsCommandIT {
    @TempDir
    private Path folder;

    @Test
    void alter_raisesInOrderAndNotUnderRunningInstances() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            assertThat(topics(broker, "--partitions", "2")).startsWith("0 ").contains("created kinolift.frames");
            try (KinoliftStreams streams = new KinoliftStreams(new KinoliftConfig(Map.of()), clients, folder)) {
                streams.start();
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> streams.kafka().state() == KafkaStreams.State.RUNNING);
                assertThat(topics(broker, "--partitions", "3")).startsWith("0 ").contains("expected 3, found 2");
                assertThat(topics(broker, "--partitions", "3", "--check"))
                        .startsWith("1 ")
                        .contains(
                                "kinolift: kinolift.frames: partitions expected 3, found 2",
                                "mend it, when all streams have ended, with: kinolift topics --alter --partitions 3, or "
                                        + "with: kafka-topics.sh --alter --topic kinolift.upscaled --partitions 3, then "
                                        + "kafka-topics.sh --alter --topic kinolift.frames --partitions 3, then ");
                assertThat(topics(broker, "--partitions", "3", "--alter"))
                        .startsWith("1 ")
                        .contains("kinolift: 1 stream thread of kinolift is running. Nothing was altered");
                assertThat(topics(broker, "--partitions", "3", "--alter", "--live"))
                        .startsWith("0 ")
                        .containsSubsequence(
                                "raised kinolift.upscaled from 2 to 3 partitions",
                                "raised kinolift.frames from 2 to 3 partitions",
                                "raised kinolift-windows-changelog from 2 to 3 partitions",
                                "raised kinolift-accounts-changelog from 2 to 3 partitions");
            }
            assertThat(topics(broker, "--check")).startsWith("0 ").contains("topics are fit");
        }
    }

    /** @return exit code and what was printed */
    private static String topics(EmbeddedBroker broker, String... arguments) {
        List<String> all = new ArrayList<>(List.of("topics", "--bootstrap-server", broker.bootstrapServers()));
        all.addAll(List.of(arguments));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(capture);
        System.setErr(capture);
        try {
            int code = Kinolift.execute(all.toArray(String[]::new));
            return code + " " + printed.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
