package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Distribution;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A word that is the value of every secret there is, and is looked for in all that the program prints. */
class SecretsIT {
    private static final String CANARY = "canary7Qx";
    /** What stops a command differs: no broker, a login that is none, keys that are none. */
    private static final List<String> PROTOCOLS = List.of("PLAINTEXT", "SASL_PLAINTEXT", "SSL", "SASL_SSL");

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

    private Path allSecrets() throws Exception {
        List<String> names = names();
        assertThat(names).hasSizeGreaterThan(30).contains("kinolift.http.token", "ssl.key.password");
        return Files.write(
                folder.resolve("all.properties"),
                Stream.concat(
                                names.stream().map(name -> name + "=" + value(name)),
                                Stream.of(
                                        "kinolift.registry.url=http://user:" + CANARY + "@127.0.0.1:9/apis",
                                        "kinolift.registry.timeout.ms=1",
                                        "kinolift.tracing.url=http://user:" + CANARY + "@127.0.0.1:9"))
                        .toList());
    }

    @Test
    void noOutputShowsASecret() throws Exception {
        Path file = allSecrets();
        Distribution.Outcome explained = Distribution.run(folder, "config", "--explain", "--config", file.toString());
        isSilent(explained);
        assertThat(explained.output()).contains("kinolift.http.token", "(hidden)");
        // A broker is waited for: for 30 seconds here, and longer below.
        try (Together together = new Together()) {
            for (String protocol : PROTOCOLS) {
                together.start(protocol, run(protocol, file));
                together.start(protocol, topics(protocol, file));
            }
            together.await(command -> command.contains("topics"));
        }
    }

    @Test
    @Tag("endurance")
    void noOutputShowsASecret_whenRunHasWaitedForABroker() throws Exception {
        Path file = allSecrets();
        try (Together together = new Together()) {
            for (String protocol : PROTOCOLS) {
                together.start(protocol, run(protocol, file));
            }
            together.await(_ -> true);
        }
    }

    private List<String> run(String protocol, Path file) {
        List<String> command = new ArrayList<>(List.of(
                "run",
                "--bootstrap-server",
                "127.0.0.1:9",
                "--config",
                file.toString(),
                "--state-dir",
                folder.resolve("state-" + protocol).toString()));
        for (String setting : List.of(
                "security.protocol=" + protocol,
                "sasl.mechanism=PLAIN",
                "default.api.timeout.ms=2000",
                "request.timeout.ms=1000")) {
            command.addAll(List.of("--set", setting));
        }
        return command;
    }

    private List<String> topics(String protocol, Path file) throws Exception {
        Path clients = Files.writeString(
                folder.resolve("client-" + protocol),
                Files.readString(file) + "security.protocol=" + protocol
                        + "\nsasl.mechanism=PLAIN\nbootstrap.servers=127.0.0.1:9\n"
                        + "default.api.timeout.ms=2000\nrequest.timeout.ms=1000\n");
        return List.of("topics", "--command-config", clients.toString());
    }

    /** Commands that run at the same time, because most of them only wait. */
    private final class Together implements AutoCloseable {
        private final Map<List<String>, Process> processes = new LinkedHashMap<>();
        private final Map<Process, Path> logs = new HashMap<>();

        void start(String name, List<String> command) throws Exception {
            Path own = Files.createDirectories(folder.resolve(name + "-" + command.getFirst()));
            Path log = own.resolve("output.txt");
            Process process = Distribution.start(log, command.toArray(String[]::new));
            processes.put(command, process);
            logs.put(process, log);
        }

        /** Waits for the ends of some, stops the others, and looks at what all have printed. */
        void await(Predicate<List<String>> ending) throws Exception {
            for (Map.Entry<List<String>, Process> each : processes.entrySet()) {
                if (ending.test(each.getKey())) {
                    assertThat(each.getValue().waitFor(3, TimeUnit.MINUTES))
                            .as("%s", each.getKey())
                            .isTrue();
                    assertThat(each.getValue().exitValue()).isNotZero();
                }
            }
            for (Map.Entry<List<String>, Process> each : processes.entrySet()) {
                each.getValue().destroy();
                assertThat(each.getValue().waitFor(1, TimeUnit.MINUTES))
                        .as("%s", each.getKey())
                        .isTrue();
                isSilent(new Distribution.Outcome(
                        each.getValue().exitValue(), Files.readString(logs.get(each.getValue()))));
            }
        }

        @Override
        public void close() {
            processes.values().forEach(Process::destroyForcibly);
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
