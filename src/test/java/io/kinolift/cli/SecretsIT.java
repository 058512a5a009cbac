package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Distribution;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A word that is the value of every secret there is, and is looked for in all that the program prints. */
class SecretsIT {
    private static final String CANARY = "canary7Qx";

    @TempDir
    private Path folder;

    /** Ours, Kafka's of every client with and without prefix, and those of well-known plug-ins. */
    private static List<String> names() {
        List<String> names = new ArrayList<>(KinoliftConfig.SETTINGS.stream()
                .filter(Setting::isSecret)
                .map(Setting::name)
                .toList());
        Stream.of(AdminClientConfig.configDef(), ConsumerConfig.configDef(), ProducerConfig.configDef())
                .flatMap(definition -> definition.configKeys().values().stream())
                .filter(key -> key.type == ConfigDef.Type.PASSWORD)
                .flatMap(key -> Stream.of("", "consumer.", "producer.", "admin.", "main.consumer.")
                        .map(prefix -> prefix + key.name))
                .distinct()
                .forEach(names::add);
        names.addAll(List.of(
                "basic.auth.user.info",
                "schema.registry.basic.auth.user.info",
                "bearer.auth.token",
                "sasl.oauthbearer.client.credentials.client.secret",
                "aws.secret.access.key"));
        return names;
    }

    private static String value(String name) {
        return switch (name.replaceFirst("^(main\\.)?(consumer|producer|admin)\\.", "")) {
            // The certificate's, not the key's: PEM would be parsed, and refused, before anything else is printed.
            case "sasl.jaas.config" ->
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"" + CANARY
                        + "\";";
            case "kinolift.tracing.headers" -> "login=" + CANARY;
            default -> CANARY;
        };
    }

    private static void isSilent(Distribution.Outcome outcome) {
        assertThat(outcome.output()).isNotEmpty().doesNotContain(CANARY).doesNotContain("\tat ");
    }

    @Test
    void noOutputShowsASecret() throws Exception {
        List<String> names = names();
        assertThat(names).hasSizeGreaterThan(30).contains("kinolift.http.token", "ssl.key.password");
        Path file = Files.write(
                folder.resolve("all.properties"),
                Stream.concat(
                                names.stream().map(name -> name + "=" + value(name)),
                                Stream.of(
                                        "kinolift.registry.url=http://user:" + CANARY + "@127.0.0.1:9/apis",
                                        "kinolift.registry.timeout.ms=1",
                                        "kinolift.tracing.url=http://user:" + CANARY + "@127.0.0.1:9"))
                        .toList());
        Distribution.Outcome explained = Distribution.run(folder, "config", "--explain", "--config", file.toString());
        isSilent(explained);
        assertThat(explained.output()).contains("kinolift.http.token", "(hidden)");
        // What stops them differs: no broker, a login that is none, keys that are none.
        for (String protocol : List.of("PLAINTEXT", "SASL_PLAINTEXT", "SSL", "SASL_SSL")) {
            String[] common = {"--set", "security.protocol=" + protocol, "--set", "sasl.mechanism=PLAIN"};
            isSilent(Distribution.run(
                    folder,
                    Stream.of(
                                    Stream.of("run", "--bootstrap-server", "127.0.0.1:9", "--config", file.toString()),
                                    Stream.of(common),
                                    Stream.of(
                                            "--set", "default.api.timeout.ms=2000", "--set", "request.timeout.ms=1000"))
                            .flatMap(text -> text)
                            .toArray(String[]::new)));
            isSilent(Distribution.run(
                    folder,
                    "topics",
                    "--command-config",
                    Files.writeString(
                                    folder.resolve("client-" + protocol),
                                    Files.readString(file) + "security.protocol=" + protocol
                                            + "\nsasl.mechanism=PLAIN\nbootstrap.servers=127.0.0.1:9\n"
                                            + "default.api.timeout.ms=2000\nrequest.timeout.ms=1000\n")
                            .toString()));
        }
    }

    @Test
    void ofASecretOnTheCommandLine_oneLineWarns() throws Exception {
        Distribution.Outcome outcome =
                Distribution.run(folder, "config", "--explain", "--set", "kinolift.http.token=" + CANARY);
        isSilent(outcome);
        assertThat(outcome.output().lines().filter(line -> line.contains(" WARN ")))
                .singleElement()
                .asString()
                .contains("(--set kinolift.http.token)", "KINOLIFT_HTTP_TOKEN");
    }
}
