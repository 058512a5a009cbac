package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerCommandIT {
    private static final Pattern ADDRESS = Pattern.compile("bootstrap server: (127\\.0\\.0\\.1:[0-9]+)");

    @TempDir
    private Path folder;

    @Test
    void takesRequestsUntilItIsStopped() throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        Thread command = Thread.ofPlatform()
                .start(() -> Kinolift.execute(
                        "broker",
                        "--port",
                        "0",
                        "--data-dir",
                        folder.resolve("data").toString()));
        try {
            Matcher address = ADDRESS.matcher("");
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> address.reset(printed.toString(StandardCharsets.UTF_8))
                            .find());
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", address.group(1)))) {
                assertThat(admin.describeCluster().nodes().get()).hasSize(1);
            }
        } finally {
            System.setOut(console);
            command.interrupt();
            assertThat(command.join(Duration.ofMinutes(2))).isTrue();
        }
        assertThat(folder.resolve("data")).isNotEmptyDirectory();
        assertThat(Kinolift.execute("broker", "--port", "-1")).isEqualTo(2);
    }

    @Test
    void aPortInUse_isRefused() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            CommandLineProgram.Outcome outcome =
                    CommandLineProgram.run("broker", "--port", Integer.toString(taken.getLocalPort()));
            assertThat(outcome.code()).isEqualTo(2);
            assertThat(outcome.output())
                    .contains("expected a port that is free (--port), found port " + taken.getLocalPort() + ": ");
        }
    }
}
