package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failure has words. */
class FailuresTest {
    @TempDir
    private Path folder;

    @Test
    void messageThatIsEmpty_isNeverShown() {
        assertThat(Failures.text(new IllegalStateException())).isEqualTo("IllegalStateException without a message");
        assertThat(Failures.text(new IllegalStateException(" \n")))
                .isEqualTo("IllegalStateException without a message");
        assertThat(Failures.text(new IllegalStateException("", new TimeoutException("too late"))))
                .isEqualTo("too late");
        assertThat(Failures.text(new ExecutionException(null, new TimeoutException("too late"))))
                .isEqualTo("too late");
        assertThat(Failures.text(new KafkaException("Failed to construct", new IllegalStateException("no login"))))
                .isEqualTo("Failed to construct: no login");
    }

    @Test
    void misspelledSetting_isToldWithTheNearest() throws Exception {
        Path file = Files.writeString(
                folder.resolve("client.properties"), "security.protocoll=SSL\nbootstrap.servers=x:1\n");
        CommandLineProgram.Outcome outcome = CommandLineProgram.run("streams", "--command-config", file.toString());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.output())
                .contains("found security.protocoll; did you mean security.protocol?", "client.properties");
    }

    @Test
    void settingOfAPlugIn_isNobodysBusiness() {
        ClientSettings.requireKnown(
                List.of("config.providers.env.class", "acme.vault.address", "sasl.jaas.config"), "FILE");
    }

    @Test
    void environment_saysWhereTheBrokersAre() {
        assertThat(ClientSettings.of(Map.of(
                        "KINOLIFT_KAFKA_BOOTSTRAP_SERVERS", "a:1",
                        "KINOLIFT_KAFKA_SECURITY_PROTOCOL", "SSL",
                        "KINOLIFT_KAFKA_NUM_STREAM_THREADS", "4",
                        "KINOLIFT_WINDOW_SIZE", "8")))
                .isEqualTo(Map.of("bootstrap.servers", "a:1", "security.protocol", "SSL"));
        assertThat(ClientSettings.of(Map.of("KINOLIFT_BOOTSTRAP_SERVERS", "b:2")))
                .isEqualTo(Map.of("bootstrap.servers", "b:2"));
        assertThat(ClientSettings.of(
                        Map.of("KINOLIFT_BOOTSTRAP_SERVERS", "b:2", "KINOLIFT_KAFKA_BOOTSTRAP_SERVERS", "a:1")))
                .isEqualTo(Map.of("bootstrap.servers", "a:1"));
    }
}
