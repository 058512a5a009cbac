package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.FreePorts;
import io.kinolift.KafkaNode;
import io.kinolift.Processes;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that does not answer, and topics that are not there, are named. */
class BrokerAwayIT {
    @TempDir
    private Path folder;

    private static void awaitLine(Process process, Path log, Duration patience, String text) {
        Awaitility.await().atMost(patience).until(() -> {
            boolean said = Files.readString(log).contains(text);
            if (!said) {
                Processes.requireAlive(process, log);
            }
            return said;
        });
    }

    @Test
    void nobodyAtTheAddress_isSaidSoonAndInTheEnd() throws Exception {
        String address = "127.0.0.1:" + FreePorts.next();
        Path log = folder.resolve("log.txt");
        Process process = CommandLineProgram.start(Map.of("KINOLIFT_KAFKA_BOOTSTRAP_SERVERS", address), log, "streams");
        try {
            awaitLine(
                    process,
                    log,
                    Duration.ofSeconds(12),
                    "kinolift: waiting for " + address + ": nobody takes connections there");
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(2);
            assertThat(log)
                    .content()
                    .contains("expected an answer from a Kafka broker at " + address
                            + ", found none within 30 s: nobody takes connections there");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void somebodyElseAtTheAddress_isSaid() throws Exception {
        Path log = folder.resolve("log.txt");
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + other.getLocalPort();
            Process process =
                    CommandLineProgram.start(Map.of("KINOLIFT_KAFKA_BOOTSTRAP_SERVERS", address), log, "streams");
            try {
                // Three seconds, and the start of a JVM on a busy machine.
                awaitLine(
                        process,
                        log,
                        Duration.ofSeconds(20),
                        "kinolift: waiting for " + address + ": somebody takes connections there");
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void brokerThatGoesAwayMeanwhile_isWaitedFor() throws Exception {
        List<KafkaNode> nodes = KafkaNode.cluster(folder, 1, Map.of());
        try {
            KafkaNode.awaitBrokers(
                    nodes, Map.of("bootstrap.servers", nodes.getFirst().address()));
            String address = nodes.getFirst().address();
            for (String[] command : new String[][] {
                {"ingest", "lavfi:testsrc2", "--stream", "s"},
                {"collect", folder.resolve("x.mkv").toString(), "--stream", "s"},
                {"audit"},
                {"dead-letters"},
                {"streams"}
            }) {
                String[] all = new String[command.length + 2];
                System.arraycopy(command, 0, all, 0, command.length);
                all[command.length] = "--bootstrap-server";
                all[command.length + 1] = address;
                CommandLineProgram.Outcome outcome = CommandLineProgram.run(all);
                assertThat(outcome.code()).as(outcome.output()).isEqualTo(2);
                assertThat(outcome.output())
                        .contains("expected a topic kinolift.", "found none", "create it with: kinolift topics");
            }
            assertThat(CommandLineProgram.run("topics", "--bootstrap-server", address)
                            .code())
                    .isZero();
            Path log = folder.resolve("ingest.txt");
            Process ingest = CommandLineProgram.start(
                    Map.of("KINOLIFT_BOOTSTRAP_SERVERS", address),
                    log,
                    "ingest",
                    "lavfi:testsrc2=size=64x48:rate=25",
                    "--stream",
                    "s",
                    "--realtime",
                    "--duration",
                    "12");
            try {
                awaitLine(ingest, log, Duration.ofMinutes(1), " frames, ");
                nodes.getFirst().kill();
                awaitLine(ingest, log, Duration.ofSeconds(8), "kinolift: waiting for " + address);
                nodes.getFirst().start();
                awaitLine(ingest, log, Duration.ofMinutes(1), address + " is back");
                assertThat(ingest.waitFor(2, TimeUnit.MINUTES)).isTrue();
                assertThat(ingest.exitValue()).as(Files.readString(log)).isZero();
                assertThat(log).content().contains("300 frames sent");
            } finally {
                ingest.destroyForcibly().waitFor();
            }
        } finally {
            KafkaNode.closeAll(nodes);
        }
    }
}
